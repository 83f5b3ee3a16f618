internal import Foundation

/// Splits the lines of a list into fields.
struct LineFields: Sendable {
    private let format: LabelFormat
    private let path: Int
    private let label: Int
    private let lexicon: Int?
    /// The number of fields in a line; nil if columns were chosen, so that further ones are ignored.
    private let count: Int?

    /// Uses the default fields, or those whose numbers `format` gives.
    init(_ format: LabelFormat) {
        self.format = format
        path = Self.number(format.path) ?? 0
        label = Self.number(format.label) ?? 1
        lexicon = Self.number(format.lexicon)
        let isUsual = format.path == nil && format.label == nil && format.lexicon == nil && format.name == nil
        count = isUsual && !format.hasHeading ? 2 : nil
    }

    /// Finds the fields by their names in `heading`, the first line of the list `name`.
    init(_ format: LabelFormat, heading: String?, of name: String) throws(LabelFileError) {
        let names: [String]
        do throws(LineDefect) {
            names = try Self.split(heading ?? "", format.kind)
        } catch {
            throw LabelFileError(path: name, reason: "has a heading that cannot be read: \(error.reason)")
        }
        func place(_ column: LabelFormat.Column?) throws(LabelFileError) -> Int? {
            guard case .name(let wanted)? = column else { return Self.number(column) }
            guard let place = names.firstIndex(of: wanted) else {
                throw LabelFileError(
                    path: name,
                    reason: "has no field “\(wanted)”; its heading is: \(names.joined(separator: ", "))")
            }
            return place
        }
        self.format = format
        path = try place(format.path) ?? 0
        label = try place(format.label) ?? 1
        lexicon = try place(format.lexicon)
        count = nil
    }

    /// The sample of a line.
    func entry(in line: String, at place: String) throws(LineDefect) -> ListedSample.Entry {
        if format.kind == .json { return try JSONLine(line, format).entry(at: place) }
        let fields = try Self.split(line, format.kind)
        if let defect = defect(of: fields, in: line) { throw LineDefect(reason: defect) }
        let label = try format.label(of: fields[path]) {
            fields.indices.contains(self.label) ? fields[self.label] : nil
        }
        return ListedSample.Entry(
            place: place, path: fields[path], label: label,
            lexicon: lexicon.flatMap { fields.indices.contains($0) ? fields[$0] : nil })
    }

    /// The defect of a line's fields; nil if there is none.
    private func defect(of fields: [String], in line: String) -> String? {
        let needed = max(path, format.name == nil ? label : 0) + 1
        if fields.count < needed, case .fields("\t", _) = format.kind, fields.count == 1 {
            return "no tab between path and text: \(line.prefix(60))"
        }
        if fields.count < needed { return "\(fields.count) of \(needed) fields: \(line.prefix(60))" }
        if let count, fields.count > count {
            if case .fields("\t", _) = format.kind { return "more than one tab: a text cannot contain one" }
            return "\(fields.count) fields instead of \(count): quote the text, or choose the fields"
        }
        return fields[path].isEmpty ? "no path" : nil
    }

    private static func number(_ column: LabelFormat.Column?) -> Int? {
        if case .number(let number)? = column { number - 1 } else { nil }
    }
}

extension LineFields {
    /// The fields of a line, without their quotes.
    private static func split(_ line: String, _ kind: LabelFormat.Kind) throws(LineDefect) -> [String] {
        switch kind {
        case .json: return []
        case .spaced:
            return line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        case .fields(let separator, .none):
            return line.components(separatedBy: separator)
        case .fields(let separator, let quotes):
            var rest = line[...]
            var fields = [try field(&rest, separator, quotes)]
            while rest.hasPrefix(separator) {
                rest = rest.dropFirst(separator.count)
                fields.append(try field(&rest, separator, quotes))
            }
            return fields
        }
    }

    /// Removes one field, up to the next separator, from the front of `rest`.
    private static func field(
        _ rest: inout Substring, _ separator: String, _ quotes: LabelFormat.Quotes
    ) throws(LineDefect) -> String {
        let start = rest.drop { $0 == " " }
        guard start.first == "\"" else {
            let end = rest.range(of: separator)?.lowerBound ?? rest.endIndex
            defer { rest = rest[end...] }
            return String(quotes == .escaped ? start[..<max(end, start.startIndex)] : rest[..<end])
        }
        var content = start.dropFirst()
        var text = ""
        while let character = content.popFirst() {
            if quotes == .escaped, character == "\\", let next = content.first, next == "\"" || next == "\\" {
                text.append(content.removeFirst())
            } else if quotes == .doubled, character == "\"", content.first == "\"" {
                text.append(content.removeFirst())
            } else if character == "\"" {
                rest = content.drop { $0 == " " }
                guard rest.isEmpty || rest.hasPrefix(separator) else {
                    throw LineDefect(reason: "text follows a closing quotation mark: \(rest.prefix(60))")
                }
                return text
            } else {
                text.append(character)
            }
        }
        throw LineDefect(reason: "a quotation mark is not closed on its line: \(start.prefix(60))")
    }
}

extension LabelFormat {
    /// Whether columns are chosen by name, which requires a heading.
    var needsHeading: Bool {
        guard kind != .json else { return false }
        return [path, label, lexicon].contains { if case .name? = $0 { true } else { false } }
    }

    /// The text of a line: that of its field, or that in the name of the image.
    func label(of path: String, _ field: () -> String?) throws(LineDefect) -> String {
        if let name {
            guard let label = name.label(in: path) else {
                throw LineDefect(reason: "the name of \(path) does not match \(name)")
            }
            return label
        }
        guard let label = field(), !label.isEmpty else {
            throw LineDefect(reason: kind == .tsv ? "no text after the tab" : "no text")
        }
        return label
    }
}

extension LabelFormat.Kind {
    fileprivate static let tsv = LabelFormat.tsv.kind
}
