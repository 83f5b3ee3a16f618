/// What a data set holds, and what is wrong with it.
public struct DatasetSummary: Sendable, Codable, Equatable {
    /// The smallest, the middle and the largest of some numbers.
    public struct Spread: Sendable, Codable, Equatable {
        /// The smallest.
        public let minimum: Int
        /// The middle; of an even number of values the upper one.
        public let median: Int
        /// The largest.
        public let maximum: Int

        /// Nil where there are no values.
        init?(_ values: [Int]) {
            let sorted = values.sorted()
            guard let first = sorted.first, let last = sorted.last else { return nil }
            (minimum, median, maximum) = (first, sorted[sorted.count / 2], last)
        }
    }

    /// How often a character occurs in the labels.
    public struct SymbolCount: Sendable, Codable, Equatable {
        /// The character (a grapheme).
        public let symbol: String
        /// Its occurrences.
        public let count: Int
    }

    /// One readable sample.
    public struct Sample: Sendable, Codable, Equatable {
        /// The key of the image.
        public let key: String
        /// The text.
        public let label: String
        /// The image's encoding, `png` or `jpeg`.
        public let format: String
        /// Pixels in a row.
        public let width: Int
        /// Rows.
        public let height: Int
        /// Bytes of the encoded image.
        public let bytes: Int
    }

    /// The path of the data set.
    public let path: String
    /// The number of samples that `num-samples` promises.
    public let samples: Int
    /// The number of them that have a label and an image whose header is readable.
    public let readable: Int
    /// What the set says of its content; nil where the tool that made it noted nothing.
    public let checksum: DatasetChecksum?
    /// The number of samples that come with the words among which their text is known to be.
    public let lexicons: Int
    /// Size of the file in bytes.
    public let fileBytes: UInt64
    /// Bytes of all encoded images that are readable.
    public let imageBytes: Int
    /// Images by encoding.
    public let formats: [String: Int]
    /// Widths in pixels; nil where no image is readable.
    public let widths: Spread?
    /// Heights in pixels; nil where no image is readable.
    public let heights: Spread?
    /// Characters (graphemes) of the labels; nil where there are none.
    public let labelLengths: Spread?
    /// The characters of all labels, in the order of their scalars.
    public let alphabet: [SymbolCount]
    /// The first readable samples.
    public let firstSamples: [Sample]
    /// The number of problems found.
    public let problemCount: Int
    /// The first problems, each with the key that it concerns.
    public let problems: [String]
}
