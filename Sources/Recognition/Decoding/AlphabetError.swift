import Files

/// Why an alphabet or a text cannot be used.
public enum AlphabetError: Error, Hashable, CustomStringConvertible {
    /// There is no symbol at all.
    case empty
    /// The symbol at a position, from 0, is empty.
    case emptySymbol(position: Int)
    /// A symbol stands there twice.
    case repeated(symbol: String)
    /// A text has a symbol that the alphabet lacks.
    case unknown(symbol: String)

    /// The reason, for people.
    public var description: String {
        switch self {
        case .empty:
            "an alphabet needs at least one symbol, and there is none; check that the labels are not all empty"
        case .emptySymbol(let position):
            "symbol \(position + 1) of the alphabet is empty; remove it"
        case .repeated(let symbol):
            "symbol \(named(symbol)) stands twice in the alphabet; remove one"
        case .unknown(let symbol):
            "symbol \(named(symbol)) is not in the alphabet; add it, or leave out the texts that have it"
        }
    }
}

/// A symbol in quotes, on a circle where it is a mark, and its code points: “é” (U+00E9).
private func named(_ symbol: String) -> String {
    let codes = symbol.unicodeScalars.map(\.codePoint)
    let startsWithMark = symbol.unicodeScalars.first?.properties.generalCategory == .nonspacingMark
    return "“\(startsWithMark ? "◌" : "")\(symbol)” (\(codes.joined(separator: " ")))"
}
