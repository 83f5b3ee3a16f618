import Foundation

/// The symbols that a model can read, and the conversion between text and class indices.
///
/// A symbol is a string, usually one grapheme. Class 0 is the blank of CTC, which is not a symbol; symbol `i` is class
/// `i + 1`. Text is normalized to Unicode's composed form (NFC) and encoded by longest match. If the alphabet lacks a
/// composed character, its parts are tried, so that an alphabet can have combining marks as symbols.
public struct Alphabet: Sendable, Hashable, Codable {
    /// The symbols in class order.
    public let symbols: [String]
    private let classOf: [String: Int]
    private let longest: Int

    /// Creates an alphabet of distinct, non-empty symbols.
    public init(_ symbols: [String]) throws(AlphabetError) {
        let composed = symbols.map(\.precomposedStringWithCanonicalMapping)
        var classOf: [String: Int] = [:]
        for (index, symbol) in composed.enumerated() {
            guard !symbol.isEmpty else { throw AlphabetError.emptySymbol(position: index) }
            guard classOf.updateValue(index + 1, forKey: symbol) == nil else {
                throw AlphabetError.repeated(symbol: symbol)
            }
        }
        guard !composed.isEmpty else { throw AlphabetError.empty }
        self.symbols = composed
        self.classOf = classOf
        longest = composed.map(\.unicodeScalars.count).max() ?? 0
    }

    /// Creates an alphabet with one symbol per grapheme of `text`, in order of first appearance.
    public init(characters text: String) throws(AlphabetError) {
        var seen: Set<Character> = []
        try self.init(text.filter { seen.insert($0).inserted }.map(String.init))
    }

    /// Creates an alphabet of the graphemes of all labels, sorted by code points.
    public init(covering labels: some Sequence<String>) throws(AlphabetError) {
        var seen: Set<Character> = []
        for label in labels { seen.formUnion(label.precomposedStringWithCanonicalMapping) }
        try self.init(seen.sorted().map(String.init))
    }

    /// The digits and lower-case letters: the 36 symbols of the CRNN paper.
    public static let alphanumeric: Alphabet = {
        guard let alphabet = try? Alphabet(characters: "0123456789abcdefghijklmnopqrstuvwxyz") else {
            fatalError("distinct symbols make an alphabet")
        }
        return alphabet
    }()

    /// The class of frames that show no symbol.
    public var blank: Int { 0 }

    /// The number of classes: one per symbol, and the blank.
    public var classCount: Int { symbols.count + 1 }

    /// The class indices of a text, without blanks; throws if a symbol is not in the alphabet.
    public func encode(_ text: String) throws(AlphabetError) -> [Int] {
        var rest = Array(text.precomposedStringWithCanonicalMapping.unicodeScalars)[...]
        var classes: [Int] = []
        while !rest.isEmpty {
            if let (index, count) = longestMatch(rest) {
                classes.append(index)
                rest = rest.dropFirst(count)
            } else {
                rest = try decomposedFirst(rest)
            }
        }
        return classes
    }

    /// The text of class indices; blanks and unknown indices are skipped.
    public func decode(_ classes: some Sequence<Int>) -> String {
        classes.compactMap(symbol).joined().precomposedStringWithCanonicalMapping
    }

    /// The symbol of a class index; nil for the blank and for unknown indices.
    public func symbol(_ index: Int) -> String? {
        index != blank && symbols.indices.contains(index - 1) ? symbols[index - 1] : nil
    }

    private func longestMatch(_ scalars: ArraySlice<Unicode.Scalar>) -> (index: Int, count: Int)? {
        for count in stride(from: min(longest, scalars.count), to: 0, by: -1) {
            if let index = classOf[string(scalars.prefix(count))] { return (index, count) }
        }
        return nil
    }

    /// The scalars with the first one decomposed; throws if it has no decomposition.
    private func decomposedFirst(
        _ scalars: ArraySlice<Unicode.Scalar>
    ) throws(AlphabetError) -> ArraySlice<Unicode.Scalar> {
        let parts = string(scalars.prefix(1)).decomposedStringWithCanonicalMapping.unicodeScalars
        guard parts.count > 1 else {
            throw AlphabetError.unknown(
                symbol: String(string(scalars).precomposedStringWithCanonicalMapping.prefix(1)))
        }
        return Array(parts)[...] + scalars.dropFirst()
    }

    private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// Decodes the list of symbols.
    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode([String].self))
    }

    /// Encodes the list of symbols.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(symbols)
    }
}
