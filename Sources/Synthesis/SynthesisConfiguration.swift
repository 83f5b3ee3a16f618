/// All that decides, together with a seed, how sample i looks and what it says.
public struct SynthesisConfiguration: Codable, Hashable, Sendable {
    /// What is written.
    public var text = TextOptions()
    /// In which letters.
    public var fonts = FontOptions()
    /// The size of the pictures.
    public var image = ImageOptions()
    /// What happens to the text on its way through press, wear and scanner.
    public var effects = EffectOptions()
}

/// What is written in the pictures.
public struct TextOptions: Codable, Hashable, Sendable {
    /// One place that texts come from.
    public struct Source: Codable, Hashable, Sendable {
        /// Text files in UTF-8, or folders of `*.txt`; relative to the configuration's folder. A file whose lines
        /// are single words is a list of words, any other is running text.
        public var paths: [String]
        /// How often it is used, against the other sources.
        public var weight: Double

        /// A source of this weight.
        public init(paths: [String], weight: Double = 1) { (self.paths, self.weight) = (paths, weight) }
    }

    /// How long texts are, in characters, and how often.
    public struct Length: Codable, Hashable, Sendable {
        /// The least and the greatest number of characters.
        public var range: Span
        /// How often, against the other ranges.
        public var weight: Double

        /// A range of lengths.
        public init(_ lower: Double, _ upper: Double, weight: Double) {
            (range, self.weight) = (Span(lower, upper), weight)
        }
    }

    /// The sources of `fromSources`.
    public var sources: [Source] = []
    /// The lengths of all texts that are cut from sources.
    public var lengths = [Length(1, 15, weight: 1)]
    /// The symbols that may be written; any where empty. Texts with others are left out. Random texts are of the
    /// western ones where it is empty.
    public var alphabet = TextOptions.westernAlphabet
    /// In how many samples a symbol of the alphabet that texts hold seldom (neither a letter nor a digit of ASCII) is
    /// chosen first, all equally often, and then a text with it.
    public var balanced = 0.25
    /// In how many samples straight quotes and double hyphens become curly quotes and dashes.
    public var typographic = 0.4
    /// In how many samples a last word is cut and hyphenated, as at the end of a book's line.
    public var hyphenated = 0.04
    /// In how many samples the end carries a raised number, as a footnote's mark.
    public var footnotes = 0.01
    /// How often letters are written so, against each other.
    public var letterCase = LetterCases()
    /// How often texts of a kind are written, against each other.
    public var kinds = TextKinds()

    /// Printable ASCII and what printed western European languages need beside it.
    public static let westernAlphabet =
        String((0x20...0x7E).map { Character(UnicodeScalar($0)) })
        + "éèêëàâäáãåçñöôòóõøüûùúîïìíßæœÉÈÊËÀÂÄÁÃÅÇÑÖÔÒÓÕØÜÛÙÚÎÏÌÍÆŒÿŸ“”‘’„–—…•·«»€£¥¢§¶†°©®™½¼¾×±²³¡¿"
}

/// How often letters are written so, against each other.
public struct LetterCases: Codable, Hashable, Sendable {
    /// As the text has them.
    public var asWritten = 0.68
    /// All CAPITALS.
    public var upper = 0.2
    /// Each Word with a Capital.
    public var title = 0.08
    /// all small.
    public var lower = 0.04
}

/// How often texts of a kind are written, against each other.
public struct TextKinds: Codable, Hashable, Sendable {
    /// Words and lines of the sources.
    public var fromSources = 10.0
    /// Whole and decimal numbers, ranges, with units.
    public var numbers = 1.2
    /// Amounts of money.
    public var prices = 1.2
    /// Dates in many forms.
    public var dates = 0.6
    /// Times of day.
    public var times = 0.4
    /// Per cents.
    public var percentages = 0.2
    /// Telephone numbers.
    public var phones = 0.4
    /// Codes of letters and digits.
    public var codes = 0.8
    /// E-mail and web addresses.
    public var addresses = 0.4
    /// Lines as receipts and forms have them.
    public var receipts = 1.5
    /// Runs of asterisks, dashes, dots and the like.
    public var rules = 0.15
    /// Any symbols of the alphabet in any order.
    public var random = 0.6
}

/// In which letters texts are written.
public struct FontOptions: Codable, Hashable, Sendable {
    /// How often families are taken, against the others, whose weight is 1.
    public struct Weight: Codable, Hashable, Sendable {
        /// Names of families; `*` at the end stands for any end.
        public var families: [String]
        /// 0 leaves them out.
        public var weight: Double

        /// Families of this weight.
        public init(_ families: [String], _ weight: Double) {
            (self.families, self.weight) = (families, weight)
        }
    }

    /// Families to take, `*` at the end stands for any end; all where empty.
    public var families: [String] = []
    /// Folders of font files, relative to the configuration's folder; the system's fonts where empty.
    public var folders: [String] = []
    /// Families that are taken more or less often.
    public var weights = FontOptions.usualWeights
    /// In how many samples a slanted face is taken, where the family has one.
    public var slanted = 0.15
    /// CSS weights of the faces, 100 (thin) … 900 (black).
    public var boldness = Span(100, 900)
    /// Space between letters; strength in ems.
    public var letterSpacing = Effect(0.25, -0.03, 0.12)
    /// Additional space between words; strength in ems.
    public var wordSpacing = Effect(0.3, -0.06, 0.6)
}

/// The size of the pictures.
public struct ImageOptions: Codable, Hashable, Sendable {
    /// Heights in pixels.
    public var height = Span(24, 64)
    /// The greatest width in pixels; longer lines are made less high.
    public var maximumWidth = 2048
    /// PNG or JPEG pictures, or folders of them, relative to the configuration's folder: parts of them lie behind
    /// the text where the effect `background` occurs.
    public var backgrounds: [String] = []
    /// How like the finished picture has to be to the bare letters, as a correlation of their pixels: 0 takes what
    /// comes, 1 nothing. A text that its looks make unreadable is given others.
    public var legibility = 0.65
}
