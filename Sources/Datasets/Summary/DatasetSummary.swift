/// The content of a data set and its problems.
public struct DatasetSummary: Sendable, Codable, Equatable {
    /// The smallest number, the median and the largest number.
    public struct Spread: Sendable, Codable, Equatable {
        /// The smallest number.
        public let minimum: Int
        /// The median; the upper one if the number of values is even.
        public let median: Int
        /// The largest number.
        public let maximum: Int

        /// Summarizes `values`; nil if there are none.
        init?(_ values: [Int]) {
            let sorted = values.sorted()
            guard let first = sorted.first, let last = sorted.last else { return nil }
            (minimum, median, maximum) = (first, sorted[sorted.count / 2], last)
        }
    }

    /// A character of the labels and its frequency.
    public struct SymbolCount: Sendable, Codable, Equatable {
        /// The character (a grapheme).
        public let symbol: String
        /// The number of its occurrences.
        public let count: Int
    }

    /// One readable sample.
    public struct Sample: Sendable, Codable, Equatable {
        /// The key of the image.
        public let key: String
        /// The text.
        public let label: String
        /// The encoding of the image, `png` or `jpeg`.
        public let format: String
        /// The width in pixels.
        public let width: Int
        /// The height in pixels.
        public let height: Int
        /// The size of the encoded image in bytes.
        public let bytes: Int
    }

    /// The path of the data set.
    public let path: String
    /// The number of samples.
    public let samples: Int
    /// The number of samples with a label and a readable image header.
    public let readable: Int
    /// The checksum that is stored in the data set; nil if the tool that built it stored none.
    public let checksum: DatasetChecksum?
    /// The number of samples with a lexicon.
    public let lexicons: Int
    /// The size of the file in bytes.
    public let fileBytes: UInt64
    /// The size of all readable encoded images in bytes.
    public let imageBytes: Int
    /// The number of images of each encoding.
    public let formats: [String: Int]
    /// The widths of the images in pixels; nil if no image is readable.
    public let widths: Spread?
    /// The heights of the images in pixels; nil if no image is readable.
    public let heights: Spread?
    /// The lengths of the labels in characters (graphemes); nil if there are no labels.
    public let labelLengths: Spread?
    /// The characters of all labels, ordered by their Unicode scalars.
    public let alphabet: [SymbolCount]
    /// The first readable samples.
    public let firstSamples: [Sample]
    /// The number of problems found.
    public let problemCount: Int
    /// The first problems, each with the key of its entry.
    public let problems: [String]
}
