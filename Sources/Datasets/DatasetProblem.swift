/// Something in a data set that is wrong, or looks so.
public struct DatasetProblem: Sendable, Codable, Equatable {
    /// The key that it concerns, such as `image-000000042` or `num-samples`.
    public let key: String
    /// What is wrong.
    public let kind: Kind
    /// The particulars, for people.
    public let detail: String

    /// A problem of what is stored under `key`.
    public init(key: String, kind: Kind, detail: String) {
        (self.key, self.kind, self.detail) = (key, kind, detail)
    }

    /// What can be wrong with a data set.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// `num-samples` is missing, no number, or not the number of samples.
        case count
        /// A key that belongs to no sample.
        case strayKey
        /// The content is not what the set's checksum says.
        case checksum
        /// There is a label without an image.
        case missingImage
        /// There is an image without a label.
        case missingLabel
        /// The image's bytes are no picture that can be decoded.
        case undecodableImage
        /// All pixels are of nearly the same grey.
        case blankImage
        /// The label is not UTF-8.
        case labelNotUTF8
        /// The lexicon is not UTF-8.
        case lexiconNotUTF8
        /// There is nothing in the label, or nothing but white space.
        case emptyLabel
        /// The label is not in Unicode's composed form (NFC).
        case notComposed
        /// The label begins with white space.
        case leadingSpace
        /// The label ends with white space.
        case trailingSpace
        /// There are two white spaces in a row.
        case doubleSpace
        /// There is a control character: a tab, a line feed, a zero byte.
        case controlCharacter
        /// There is a character that shows nothing: a byte order mark, a zero-width space, a soft hyphen.
        case invisibleCharacter
        /// There is U+FFFD, which programs write for what they could not read.
        case replacementCharacter
        /// A character is not in the alphabet.
        case outsideAlphabet
        /// The label needs more frames than the model has for its image.
        case doesNotFit
        /// The image is wider than the model reads.
        case tooWide
        /// Image and label are those of an earlier sample.
        case duplicate
        /// The image is that of another sample, and the labels differ.
        case conflictingLabels
        /// The image is far too narrow or too wide for the label, compared with the set's other samples.
        case suspiciousShape
    }
}

extension DatasetProblem.Kind {
    /// Whether a label with it can be put right without looking at the image.
    public var isRepairable: Bool {
        switch self {
        case .notComposed, .leadingSpace, .trailingSpace, .doubleSpace, .controlCharacter,
            .invisibleCharacter:
            true
        default: false
        }
    }
}
