internal import Files

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

    private static let imagePrefix = "image-"
    private static let labelPrefix = "label-"
    private static let lexiconPrefix = "lexicon-"

    /// The key of the encoded image of the sample at `index`, from 0.
    static func image(at index: Int) -> String { imagePrefix + numbered(index) }

    /// The key of the text of the sample at `index`, from 0.
    static func label(at index: Int) -> String { labelPrefix + numbered(index) }

    /// The key of the lexicon of the sample at `index`, from 0.
    static func lexicon(at index: Int) -> String { lexiconPrefix + numbered(index) }

    /// Parses a key; the indices count from 0.
    init(_ key: String) {
        if let index = Self.index(key, Self.imagePrefix) {
            self = .image(index)
        } else if let index = Self.index(key, Self.labelPrefix) {
            self = .label(index)
        } else if let index = Self.index(key, Self.lexiconPrefix) {
            self = .lexicon(index)
        } else {
            self = .other(key)
        }
    }

    /// The index in a key; nil unless its number has nine digits, or more if the number needs more.
    private static func index(_ key: String, _ prefix: String) -> Int? {
        guard key.utf8.starts(with: prefix.utf8) else { return nil }
        let digits = key.utf8.dropFirst(prefix.utf8.count)
        guard (9...18).contains(digits.count),
            digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            digits.count == 9 || digits.first != UInt8(ascii: "0")
        else { return nil }
        let number = digits.reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) }
        return number > 0 ? number - 1 : nil
    }

    private static func numbered(_ index: Int) -> String { (index + 1).zeroPadded(to: 9) }
}
