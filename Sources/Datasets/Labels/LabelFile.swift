/// A list of labels. Each line is a sample, or is refused with the reason.
///
/// A byte order mark and empty lines are skipped; lines may end in CRLF.
public struct LabelFile: Sequence, IteratorProtocol, Sendable {
    private let bytes: [UInt8]
    private let name: String
    private var fields: LineFields
    private var position: Int
    private var line = 0

    /// Creates the list in `bytes`.
    ///
    /// - Parameters:
    ///   - bytes: The content of the file.
    ///   - name: The name of the file in messages.
    ///   - format: The format of a line.
    /// - Throws: ``LabelFileError`` if `format` requires a heading and it is missing or lacks a field.
    public init(_ bytes: [UInt8], name: String, _ format: LabelFormat) throws(LabelFileError) {
        (self.bytes, self.name) = (bytes, name)
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        fields = LineFields(format)
        guard format.needsHeading || format.hasHeading else { return }
        guard let heading = nextLine() else { throw LabelFileError(path: name, reason: "is empty") }
        fields = try LineFields(format, heading: heading.text, of: name)
    }

    /// The number of lines that are not empty.
    public var lineCount: Int {
        var copy = self
        var count = 0
        while copy.nextLine() != nil { count += 1 }
        return count
    }

    /// The sample of the next line; nil at the end.
    public mutating func next() -> ListedSample? {
        guard let (number, content) = nextLine() else { return nil }
        let place = "\(name):\(number)"
        guard let text = content else { return .refused(place: place, reason: "not valid UTF-8") }
        do throws(LineDefect) {
            return .sample(try fields.entry(in: text, at: place))
        } catch {
            return .refused(place: place, reason: error.reason)
        }
    }

    /// The next line that is not empty, with its number; the text is nil if it is not UTF-8.
    private mutating func nextLine() -> (number: Int, text: String?)? {
        while position < bytes.count {
            let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            var content = bytes[position..<end]
            position = end + 1
            line += 1
            if content.last == UInt8(ascii: "\r") { content = content.dropLast() }
            if !content.isEmpty { return (line, String(validating: content, as: UTF8.self)) }
        }
        return nil
    }
}
