/// The format of a list of labels with one sample on each line.
public struct LabelFormat: Sendable, Equatable {
    /// The kinds of lines.
    public enum Kind: Sendable, Equatable {
        /// Fields with a separator between them.
        case fields(separator: String, Quotes)
        /// A path without spaces, one space, and the text, which may contain spaces.
        case spaced
        /// A JSON object.
        case json
    }

    /// The ways to quote a field.
    public enum Quotes: String, Sendable, CaseIterable {
        /// Quotation marks are part of the text.
        case none
        /// As in CSV (RFC 4180): two quotation marks inside a quoted field stand for one.
        case doubled
        /// As in ICDAR's lists: inside a quoted field, `\"` stands for `"` and `\\` for `\`.
        case escaped
    }

    /// A field of a line: its number, from 1, or its name in the heading or the JSON object.
    public enum Column: Sendable, Equatable {
        case number(Int)
        case name(String)

        /// The column of a number if `text` is one, otherwise the column of a name.
        public init(_ text: String) {
            self = Int(text).map { .number($0) } ?? .name(text)
        }
    }

    /// The kind of the lines.
    public var kind: Kind
    /// Whether the first line names the fields.
    public var hasHeading = false
    /// The field of the image's path; nil for the default.
    public var path: Column?
    /// The field of the text; nil for the default.
    public var label: Column?
    /// The field of the lexicon; nil if there is none.
    public var lexicon: Column?
    /// Whether the text is the last field and takes the rest of its line, separators included.
    public var textTakesRest = false
    /// The position of the text in the image's name; nil if the text has its own field.
    public var name: NamePattern?

    /// Creates a format with the default fields.
    public init(_ kind: Kind) { self.kind = kind }

    /// Path, tab, text.
    public static let tsv = LabelFormat(.fields(separator: "\t", .none))
    /// Path, comma, text; quoted as in RFC 4180.
    public static let csv = LabelFormat(.fields(separator: ",", .doubled))
    /// `word_1.png, "Genaxis Theatre"`, as in ICDAR's competitions of 2011 to 2015.
    public static let icdar = LabelFormat(.fields(separator: ",", .escaped))
    /// `word_1.png Genaxis Theatre`.
    public static let space = LabelFormat(.spaced)
    /// `{"file_name": "word_1.png", "text": "Genaxis Theatre"}`.
    public static let json = LabelFormat(.json)

    /// The default names of the path and the text in JSON objects; the first that is present is used.
    static let pathNames = ["file_name", "image", "path", "filename", "img_path", "file"]
    static let labelNames = ["text", "label", "transcription", "gt"]
}
