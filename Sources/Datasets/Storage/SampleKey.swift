/// The keys of a data set.
///
/// All CRNN tools share `num-samples`, `image-%09d` and `label-%09d` (and the optional `lexicon-%09d`), numbered
/// from 1. Only this toolkit writes the checksum and the progress; other tools ignore them.
enum SampleKey: Equatable {
    case image(Int)
    case label(Int)
    case lexicon(Int)
    case other(String)

    static let count = "num-samples"
    /// The key of the checksum, as text.
    static let checksum = "crnn-checksum"
    /// The key of the writer's note on its progress, in an unfinished data set.
    static let progress = "crnn-progress"

    static let imagePrefix = "image-"
    private static let labelPrefix = "label-"
    private static let lexiconPrefix = "lexicon-"

    /// The key of the encoded image of the sample at `index`, from 0.
    static func image(at index: Int, _ scheme: KeyScheme = .standard) -> String {
        imagePrefix + scheme.number(at: index)
    }

    /// The key of the text of the sample at `index`, from 0.
    static func label(at index: Int, _ scheme: KeyScheme = .standard) -> String {
        labelPrefix + scheme.number(at: index)
    }

    /// The key of the lexicon of the sample at `index`, from 0.
    static func lexicon(at index: Int, _ scheme: KeyScheme = .standard) -> String {
        lexiconPrefix + scheme.number(at: index)
    }

    /// Parses a key; the indices count from 0.
    init(_ key: String, _ scheme: KeyScheme = .standard) {
        func index(after prefix: String) -> Int? {
            guard key.utf8.starts(with: prefix.utf8) else { return nil }
            return scheme.index(ofNumber: key.utf8.dropFirst(prefix.utf8.count))
        }
        if let index = index(after: Self.imagePrefix) {
            self = .image(index)
        } else if let index = index(after: Self.labelPrefix) {
            self = .label(index)
        } else if let index = index(after: Self.lexiconPrefix) {
            self = .lexicon(index)
        } else {
            self = .other(key)
        }
    }
}
