/// The settings of the texts in the images.
public struct TextOptions: Codable, Hashable, Sendable {
    /// A group of text files with a common weight.
    public struct Source: Codable, Hashable, Sendable {
        /// UTF-8 text files, or folders of `*.txt`. Relative paths refer to the folder of the configuration.
        ///
        /// A file is a word list if its lines are single words; otherwise it is running text.
        public var paths: [String]
        /// The weight of the source relative to the other sources.
        public var weight: Double

        /// Creates a source of this weight.
        public init(paths: [String], weight: Double = 1) { (self.paths, self.weight) = (paths, weight) }
    }

    /// A range of text lengths, and its weight.
    public struct Length: Codable, Hashable, Sendable {
        /// The minimum and maximum number of characters.
        public var range: Span
        /// The weight of the range relative to the other ranges.
        public var weight: Double

        /// Creates a range of lengths, in characters.
        public init(_ lower: Double, _ upper: Double, weight: Double) {
            (range, self.weight) = (Span(lower, upper), weight)
        }
    }

    /// The sources of ``TextKinds/fromSources``.
    public var sources: [Source] = []
    /// The lengths of excerpts from the sources and of random texts.
    public var lengths = [Length(1, 15, weight: 1)]
    /// The symbols allowed in texts; any if empty. Texts with other symbols are skipped.
    ///
    /// If it is empty, random texts use ``westernAlphabet``.
    public var alphabet = TextOptions.westernAlphabet
    /// The share of samples for which a rare symbol is drawn first, all equally likely, and then a text that
    /// contains it. Rare are all symbols of the alphabet except ASCII letters and digits.
    public var balanced = 0.25
    /// The share of excerpts in which straight quotes and double hyphens become curly quotes and dashes.
    public var typographic = 0.4
    /// The share of excerpts whose last word is hyphenated, as at the end of a line in a book.
    public var hyphenated = 0.04
    /// The share of samples that end in a superscript number, as a footnote mark.
    public var footnotes = 0.01
    /// The share of excerpts in which an s that does not end a word becomes a long s (ſ), as in prints before 1800.
    public var longS = 0.0
    /// The relative frequencies of letter cases.
    public var letterCase = LetterCases()
    /// The relative frequencies of the kinds of text.
    public var kinds = TextKinds()

    /// Printable ASCII, and the other symbols of printed western European languages.
    public static let westernAlphabet =
        String((0x20...0x7E).map { Character(UnicodeScalar($0)) })
        + "éèêëàâäáãåçñöôòóõøüûùúîïìíßæœÉÈÊËÀÂÄÁÃÅÇÑÖÔÒÓÕØÜÛÙÚÎÏÌÍÆŒÿŸ“”‘’„–—…•·«»€£¥¢§¶†°©®™½¼¾×±²³¡¿"
}
