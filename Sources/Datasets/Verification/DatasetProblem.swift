/// Something in a data set that is wrong, or probably wrong.
public struct DatasetProblem: Sendable, Codable, Equatable {
    /// The key of the entry, such as `image-000000042` or `num-samples`.
    public let key: String
    /// The kind of the problem.
    public let kind: Kind
    /// The details, for people.
    public let detail: String

    /// Creates a problem of the entry `key`.
    public init(key: String, kind: Kind, detail: String) {
        (self.key, self.kind, self.detail) = (key, kind, detail)
    }

    /// The kinds of problems.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// The command that writes the data set was interrupted, or is still running.
        case unfinished
        /// `num-samples` is missing, not a number, or not the number of samples.
        case count
        /// The keys number the samples from 0, or with other than nine digits.
        case numbering
        /// A key that belongs to no sample.
        case strayKey
        /// The content does not match the checksum that is stored in the data set.
        case checksum
        /// There is a label without an image.
        case missingImage
        /// There is an image without a label.
        case missingLabel
        /// The bytes of the image cannot be decoded.
        case undecodableImage
        /// All pixels have nearly the same grey level.
        case blankImage
        /// The label is not UTF-8.
        case labelNotUTF8
        /// The lexicon is not UTF-8.
        case lexiconNotUTF8
        /// The label is empty or only white space.
        case emptyLabel
        /// The label is not in Unicode's composed form (NFC).
        case notComposed
        /// The label begins with white space.
        case leadingSpace
        /// The label ends with white space.
        case trailingSpace
        /// The label contains two consecutive white-space characters.
        case doubleSpace
        /// The label contains a control character, such as a tab, a line feed or a zero byte.
        case controlCharacter
        /// The label contains an invisible character, such as a byte order mark, a zero-width space or a soft hyphen.
        case invisibleCharacter
        /// The label contains U+FFFD, which programs substitute for bytes that they cannot decode.
        case replacementCharacter
        /// The label contains a character that is not in the alphabet.
        case outsideAlphabet
        /// The label needs more frames than the model makes of the image.
        case doesNotFit
        /// The image is wider than the model accepts.
        case tooWide
        /// An earlier sample has the same image and the same label.
        case duplicate
        /// Another sample has the same image, but another label.
        case conflictingLabels
        /// The image is far narrower or wider for its label than those of the other samples.
        case suspiciousShape
    }
}

extension DatasetProblem.Kind {
    /// Whether a label with this problem can be repaired without the image.
    public var isRepairable: Bool {
        switch self {
        case .notComposed, .leadingSpace, .trailingSpace, .doubleSpace, .controlCharacter,
            .invisibleCharacter:
            true
        default: false
        }
    }
}
