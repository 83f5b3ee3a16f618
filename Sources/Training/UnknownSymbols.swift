import Foundation
public import Recognition

/// Symbols of labels that an alphabet lacks: such a label can never be answered exactly.
public struct UnknownSymbols: Sendable, Hashable {
    /// Labels with at least one such symbol.
    public private(set) var labels = 0
    /// In how many labels each symbol stands.
    public private(set) var counts: [Character: Int] = [:]

    /// None.
    public init() {}

    /// Looks through one label.
    public mutating func add(label: String, alphabet: Alphabet) {
        guard (try? alphabet.encode(label)) == nil else { return }
        labels += 1
        for character in Set(label.precomposedStringWithCanonicalMapping)
        where (try? alphabet.encode(String(character))) == nil {
            counts[character, default: 0] += 1
        }
    }

    /// Adds another set's symbols.
    public static func += (sum: inout UnknownSymbols, other: UnknownSymbols) {
        sum.labels += other.labels
        sum.counts.merge(other.counts, uniquingKeysWith: +)
    }

    /// The symbols, the most frequent first.
    public var symbols: [Character] {
        counts.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }.map(\.key)
    }
}
