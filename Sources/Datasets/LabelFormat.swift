/// How a list of labels is written: one sample a line.
public struct LabelFormat: Sendable, Equatable {
    /// What a line is.
    public enum Kind: Sendable, Equatable {
        /// Fields with something between them.
        case fields(separator: String, Quotes)
        /// A path without spaces, a space, and the text, which may hold spaces.
        case spaced
        /// A JSON object.
        case json
    }

    /// How a field may be quoted.
    public enum Quotes: String, Sendable, CaseIterable {
        /// Quotation marks are part of the text.
        case none
        /// As in CSV (RFC 4180): within quotation marks, two stand for one.
        case doubled
        /// Within quotation marks, `\"` stands for one and `\\` for a backslash, as in ICDAR's lists.
        case escaped
    }

    /// A field of a line: its number, counted from 1, or its name in the heading or in JSON.
    public enum Column: Sendable, Equatable {
        case number(Int)
        case name(String)

        /// A number where the text is one.
        public init(_ text: String) {
            self = Int(text).map { .number($0) } ?? .name(text)
        }
    }

    /// What a line is.
    public var kind: Kind
    /// Whether the first line names the fields.
    public var hasHeading = false
    /// Where the path of the image stands; nil for the usual place.
    public var path: Column?
    /// Where the text stands; nil for the usual place.
    public var label: Column?
    /// Where the lexicon stands; nil where there is none.
    public var lexicon: Column?
    /// Where the text is found in the image's name instead; nil where it has a place of its own.
    public var name: NamePattern?

    /// A format with the fields in their usual places.
    public init(_ kind: Kind) { self.kind = kind }

    /// Path, tab, text.
    public static let tsv = LabelFormat(.fields(separator: "\t", .none))
    /// Path, comma, text; quoted as in RFC 4180.
    public static let csv = LabelFormat(.fields(separator: ",", .doubled))
    /// `word_1.png, "Genaxis Theatre"`, as ICDAR's competitions of 2011 to 2015 give it.
    public static let icdar = LabelFormat(.fields(separator: ",", .escaped))
    /// `word_1.png Genaxis Theatre`.
    public static let space = LabelFormat(.spaced)
    /// `{"file_name": "word_1.png", "text": "Genaxis Theatre"}`.
    public static let json = LabelFormat(.json)

    /// Names under which JSON lines give the path and the text, unless others are named.
    static let pathNames = ["file_name", "image", "path", "filename", "img_path", "file"]
    static let labelNames = ["text", "label", "transcription", "gt"]
}
