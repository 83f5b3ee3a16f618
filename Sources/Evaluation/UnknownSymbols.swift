internal import Files
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

    /// A sentence about the labels that can never be read correctly; nil if there are none.
    ///
    /// - Parameters:
    ///   - subject: What the labels are, such as “labels in data/test”.
    ///   - count: The number of labels.
    public func warning(about subject: String, of count: Int) -> String? {
        guard labels > 0 else { return nil }
        let named = symbols.prefix(Self.namedLimit).map { "“\(String($0).printable)” (\(counts[$0] ?? 0))" }
        let more = counts.count - named.count
        return
            "\(labels) of \(count) \(subject) have symbols that are not in the alphabet of the model, so they can "
            + "never be read correctly: \(named.joined(separator: ", "))"
            + (more > 0 ? " and \(more) more" : "")
    }

    /// The greatest number of symbols that a warning names.
    private static let namedLimit = 20
}
