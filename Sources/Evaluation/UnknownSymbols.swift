import Foundation
public import Recognition

/// The symbols of labels that an alphabet lacks. A label with such a symbol can never be read exactly.
public struct UnknownSymbols: Sendable, Hashable {
    /// The number of labels with at least one such symbol.
    public private(set) var labels = 0
    /// The number of labels that contain each symbol.
    public private(set) var counts: [Character: Int] = [:]

    /// Creates a count without labels.
    public init() {}

    /// Counts the unknown symbols of one label.
    public mutating func add(label: String, alphabet: Alphabet) {
        guard (try? alphabet.encode(label)) == nil else { return }
        labels += 1
        for character in Set(label.precomposedStringWithCanonicalMapping)
        where (try? alphabet.encode(String(character))) == nil {
            counts[character, default: 0] += 1
        }
    }

    /// Adds the counts of another data set.
    public static func += (sum: inout UnknownSymbols, other: UnknownSymbols) {
        sum.labels += other.labels
        sum.counts.merge(other.counts, uniquingKeysWith: +)
    }

    /// The symbols, the most frequent first.
    public var symbols: [Character] {
        counts.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }.map(\.key)
    }
}
