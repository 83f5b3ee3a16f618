/// The lines of a `labels.tsv`: a path, a tab, the text that the image shows.
///
/// A byte order mark, CRLF endings and empty lines are taken as they come; every other line is either an entry
/// or a problem.
public struct LabelList: Sendable, Equatable {
    /// A line that names an image.
    public struct Entry: Sendable, Equatable {
        /// The number of the line, counted from 1.
        public let line: Int
        /// The path of the image as it is written.
        public let path: String
        /// The text.
        public let text: String
    }

    /// A line that cannot be used.
    public struct Problem: Sendable, Equatable {
        /// The number of the line, counted from 1.
        public let line: Int
        /// What is wrong with it.
        public let reason: String
    }

    /// The usable lines in their order.
    public private(set) var entries: [Entry] = []
    /// The other lines in their order.
    public private(set) var problems: [Problem] = []

    /// Reads the bytes of a file.
    public init(_ bytes: [UInt8]) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let content = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() { add(line, number: index + 1) }
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>, number: Int) {
        let line = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
        guard !line.isEmpty else { return }
        guard let text = String(validating: line, as: UTF8.self) else {
            return problems.append(Problem(line: number, reason: "not valid UTF-8"))
        }
        let fields = text.split(separator: "\t", omittingEmptySubsequences: false)
        if let reason = Self.defect(of: fields) {
            problems.append(Problem(line: number, reason: reason))
        } else {
            entries.append(Entry(line: number, path: String(fields[0]), text: String(fields[1])))
        }
    }

    /// What is wrong with the fields of a line, if anything.
    private static func defect(of fields: [Substring]) -> String? {
        switch fields.count {
        case 1: "no tab between path and text: \(fields[0].prefix(60))"
        case 3...: "more than one tab: a text cannot hold one"
        case _ where fields[0].isEmpty: "no path before the tab"
        case _ where fields[1].isEmpty: "no text after the tab"
        default: nil
        }
    }
}
