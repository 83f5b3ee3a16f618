/// The keys that all CRNN tools share: `num-samples`, and `image-%09d` with `label-%09d` (and `lexicon-%09d` where
/// there is one) counted from 1; and those of this toolkit, which others ignore.
enum SampleKey: Equatable {
    case image(Int)
    case label(Int)
    case lexicon(Int)
    case other(String)

    static let count = "num-samples"
    /// The set's checksum as text.
    static let checksum = "crnn-checksum"
    /// Where the source of a set that is being built stands.
    static let progress = "crnn-progress"

    private static let imagePrefix = "image-"
    private static let labelPrefix = "label-"
    private static let lexiconPrefix = "lexicon-"

    /// The key of the encoded image of the sample at `index`, counted from 0.
    static func image(at index: Int) -> String { imagePrefix + numbered(index) }

    /// The key of the text of the sample at `index`, counted from 0.
    static func label(at index: Int) -> String { labelPrefix + numbered(index) }

    /// The key of the words among which the text of the sample at `index`, counted from 0, is known to be.
    static func lexicon(at index: Int) -> String { lexiconPrefix + numbered(index) }

    /// What a key stands for; indices are counted from 0.
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

    /// The index in a key that is written as tools look for it: nine digits, more only where needed.
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

    private static func numbered(_ index: Int) -> String {
        let digits = String(index + 1)
        return String(repeating: "0", count: max(0, 9 - digits.utf8.count)) + digits
    }
}
