/// A list of labels. Each line is a sample, or is refused with the reason.
///
/// A byte order mark and empty lines are skipped; lines may end in CRLF.
public struct LabelFile: Sequence, IteratorProtocol, Sendable {
    private let name: String
    private let fields: LineFields
    private var lines: TextLines

    /// Creates the list in `bytes`.
    ///
    /// - Parameters:
    ///   - bytes: The content of the file.
    ///   - name: The name of the file in messages.
    ///   - format: The format of a line.
    /// - Throws: ``LabelFileError`` if `format` requires a heading and it is missing or lacks a field, or if other
    ///   fields follow a text that takes the rest of its line.
    public init(_ bytes: [UInt8], name: String, _ format: LabelFormat) throws(LabelFileError) {
        self.name = name
        lines = TextLines(bytes)
        let hasHeading = format.hasHeading || format.needsHeading
        var beginning = lines
        let first = beginning.next()
        guard !hasHeading || first != nil else { throw LabelFileError(path: name, reason: "is empty") }
        fields = try LineFields(format, first: first?.text, of: name)
        if hasHeading { lines = beginning }
    }

    /// The number of lines that are not empty.
    public var lineCount: Int { lines.reduce(0) { count, _ in count + 1 } }

    /// The sample of the next line; nil at the end.
    public mutating func next() -> ListedSample? {
        guard let (number, content) = lines.next() else { return nil }
        let place = "\(name):\(number)"
        guard let text = content else { return .refused(place: place, reason: "not valid UTF-8") }
        do throws(LineDefect) {
            return .sample(try fields.entry(in: text, at: place))
        } catch {
            return .refused(place: place, reason: error.reason, hint: error.hint)
        }
    }
}
