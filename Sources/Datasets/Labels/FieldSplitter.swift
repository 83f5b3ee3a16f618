/// Splits a line into fields.
///
/// Separators and quotation marks are found byte by byte, so that a combining mark after one of them does not hide it.
struct FieldSplitter: Sendable {
    private let separator: [UInt8]
    private let quotes: LabelFormat.Quotes
    /// The number of fields after which the rest of the line is one field; nil if all separators count.
    private let limit: Int?

    private static let space = UInt8(ascii: " ")
    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")

    /// Splits lines of `kind`.
    ///
    /// - Parameters:
    ///   - kind: The kind of the lines.
    ///   - limit: The number of fields, the last of which takes the rest of the line; nil for any number.
    init(_ kind: LabelFormat.Kind, limit: Int? = nil) {
        switch kind {
        case .fields(let separator, let quotes):
            (self.separator, self.quotes, self.limit) = (Array(separator.utf8), quotes, limit)
        case .spaced: (separator, quotes, self.limit) = ([Self.space], .none, 2)
        case .json: (separator, quotes, self.limit) = ([], .none, 1)
        }
    }

    /// The fields of a line, without their quotes.
    func fields(of line: String) throws(LineDefect) -> [String] {
        var rest = Array(line.utf8)[...]
        var fields = [try field(&rest, isLast: limit == 1)]
        while !rest.isEmpty {
            rest = rest.dropFirst(separator.count)
            fields.append(try field(&rest, isLast: fields.count + 1 == limit))
        }
        return fields
    }

    /// Removes one field, up to the next separator or the end, from the front of `rest`.
    private func field(_ rest: inout ArraySlice<UInt8>, isLast: Bool) throws(LineDefect) -> String {
        let start = quotes == .none ? rest : rest.drop { $0 == Self.space }
        if quotes != .none, start.first == Self.quote {
            guard isLast else { return try quotedField(start, &rest) }
            var remaining = rest
            if let field = try? quotedField(start, &remaining), remaining.isEmpty {
                rest = remaining
                return field
            }
        }
        let end = isLast ? rest.endIndex : endOfField(in: rest)
        defer { rest = rest[end...] }
        return text(quotes == .escaped ? start[..<max(end, start.startIndex)] : rest[..<end])
    }

    /// The quoted field at the beginning of `start`; `rest` becomes what follows it.
    private func quotedField(
        _ start: ArraySlice<UInt8>, _ rest: inout ArraySlice<UInt8>
    ) throws(LineDefect) -> String {
        var content = start.dropFirst()
        var field: [UInt8] = []
        while let byte = content.popFirst() {
            if let next = content.first, isEscape(byte, before: next) {
                field.append(next)
                content.removeFirst()
            } else if byte == Self.quote {
                rest = content.drop { $0 == Self.space }
                guard rest.isEmpty || rest.starts(with: separator) else {
                    throw LineDefect(reason: "text follows a closing quotation mark: \(excerpt(text(rest)))")
                }
                return text(field[...])
            } else {
                field.append(byte)
            }
        }
        throw LineDefect(reason: "a quotation mark is not closed on its line: \(excerpt(text(start)))")
    }

    /// Whether a byte in a quoted field is left out, because it makes `next` part of the text.
    private func isEscape(_ byte: UInt8, before next: UInt8) -> Bool {
        switch quotes {
        case .none: false
        case .doubled: byte == Self.quote && next == Self.quote
        case .escaped: byte == Self.backslash && (next == Self.quote || next == Self.backslash)
        }
    }

    private func endOfField(in rest: ArraySlice<UInt8>) -> Int {
        rest.indices.first { rest[$0...].starts(with: separator) } ?? rest.endIndex
    }

    /// The bytes as text; they are whole characters, since separators and quotation marks are.
    private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
