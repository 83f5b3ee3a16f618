internal import Files

/// Reads the lines of a list: which field is the path, the text and the lexicon.
struct LineFields: Sendable {
    private let format: LabelFormat
    private let splitter: FieldSplitter
    private let path: Int
    private let label: Int
    private let lexicon: Int?
    /// The number of fields that a line may have, and where it comes from; nil if further ones are ignored.
    private let limit: (count: Int, source: String)?

    /// Reads lines of the given format.
    ///
    /// - Parameters:
    ///   - format: The format.
    ///   - first: The first line of the list; nil if the list is empty or the line is not UTF-8. It determines the number
    ///     of fields, and their names if the format has a heading.
    ///   - name: The name of the list in messages.
    init(_ format: LabelFormat, first: String?, of name: String) throws(LabelFileError) {
        let names = try Self.fields(of: first ?? "", format, name)
        func place(_ column: LabelFormat.Column?) throws(LabelFileError) -> Int? {
            switch column {
            case _ where format.kind == .json, nil: return nil
            case .number(let number): return number - 1
            case .name(let wanted):
                guard let place = names.firstIndex(of: wanted) else {
                    throw LabelFileError(
                        path: name,
                        reason:
                            "has no field “\(wanted)”; its heading is: \(excerpt(names.joined(separator: ", ")))"
                    )
                }
                return place
            }
        }
        self.format = format
        path = try place(format.path) ?? 0
        label = try place(format.label) ?? 1
        lexicon = try place(format.lexicon)
        guard format.textTakesRest else {
            splitter = FieldSplitter(format.kind)
            limit = Self.limit(format, names.count)
            return
        }
        guard label > max(path, lexicon ?? 0), !format.hasHeading || names.count == label + 1 else {
            throw LabelFileError(
                path: name,
                reason: "has other fields after the text, which therefore cannot take the rest of a line")
        }
        splitter = FieldSplitter(format.kind, limit: label + 1)
        limit = nil
    }

    /// The fields of the first line, if their names or their number matter.
    private static func fields(
        of first: String, _ format: LabelFormat, _ name: String
    ) throws(LabelFileError) -> [String] {
        do throws(LineDefect) {
            return try FieldSplitter(format.kind).fields(of: first)
        } catch {
            guard format.hasHeading || format.needsHeading else { return [] }
            throw LabelFileError(path: name, reason: "has a heading that cannot be read: \(error.reason)")
        }
    }

    /// The number of fields that lines may have: that of the heading or, without one, two. If columns are chosen, it is
    /// that of the first line, so that an unquoted separator in a text is noticed.
    private static func limit(_ format: LabelFormat, _ first: Int) -> (count: Int, source: String)? {
        guard case .fields = format.kind, format.name == nil else { return nil }
        if format.hasHeading || format.needsHeading { return (first, "the heading has \(first)") }
        let isUsual = format.path == nil && format.label == nil && format.lexicon == nil
        return isUsual ? (2, "a line has 2") : first > 0 ? (first, "the first line has \(first)") : nil
    }

    /// The sample of a line.
    func entry(in line: String, at place: String) throws(LineDefect) -> ListedSample.Entry {
        if format.kind == .json { return try JSONLine(line, format).entry(at: place) }
        let fields = try splitter.fields(of: line)
        if let defect = defect(of: fields, in: line) { throw defect }
        let label = try format.label(of: fields[path]) {
            fields.indices.contains(self.label) ? fields[self.label] : nil
        }
        return ListedSample.Entry(
            place: place, path: fields[path], label: label,
            lexicon: lexicon.flatMap { fields.indices.contains($0) ? fields[$0] : nil })
    }

    /// The defect of a line's fields; nil if there is none.
    private func defect(of fields: [String], in line: String) -> LineDefect? {
        let needed = max(path, format.name == nil ? label : 0) + 1
        if fields.count < needed, case .fields("\t", _) = format.kind, fields.count == 1 {
            return LineDefect(reason: "no tab between path and text: \(excerpt(line))")
        }
        if fields.count < needed {
            return LineDefect(reason: "\(fields.count) of \(needed) fields: \(excerpt(line))")
        }
        if let limit, fields.count > limit.count {
            return LineDefect(
                reason: "\(fields.count) fields, but \(limit.source): \(excerpt(line))", hint: .restOfLine)
        }
        return fields[path].isEmpty ? LineDefect(reason: "no path") : nil
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
                throw LineDefect(reason: "the name of \(path.printable) does not match \(name)")
            }
            return try checked(label)
        }
        guard let label = field(), !label.isEmpty else {
            throw LineDefect(reason: kind == .tsv ? "no text after the tab" : "no text")
        }
        return try checked(label)
    }

    private func checked(_ label: String) throws(LineDefect) -> String {
        if let reason = LabelDefects.controlDefect(of: label) { throw LineDefect(reason: reason) }
        return label
    }
}

extension LabelFormat.Kind {
    fileprivate static let tsv = LabelFormat.tsv.kind
}
