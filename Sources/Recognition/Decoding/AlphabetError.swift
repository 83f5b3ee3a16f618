import Files

/// Why an alphabet or a text cannot be used.
public enum AlphabetError: Error, Hashable, CustomStringConvertible {
    /// The alphabet has no symbols.
    case empty
    /// The symbol at a position, from 0, is empty.
    case emptySymbol(position: Int)
    /// A symbol occurs twice.
    case repeated(symbol: String)
    /// A text contains a symbol that the alphabet lacks.
    case unknown(symbol: String)

    /// The reason and what to do, for people.
    public var description: String {
        switch self {
        case .empty:
            "an alphabet needs at least one symbol, and there is none; check that the labels are not all empty"
        case .emptySymbol(let position):
            "symbol \(position + 1) of the alphabet is empty; remove it"
        case .repeated(let symbol):
            "symbol \(named(symbol)) occurs twice in the alphabet; remove one"
        case .unknown(let symbol):
            "symbol \(named(symbol)) is not in the alphabet; add it, or leave out the texts that contain it"
        }
    }
}

/// A symbol in quotes with its code points: “é” (U+00E9). A combining mark is shown on a circle.
private func named(_ symbol: String) -> String {
    let codes = symbol.unicodeScalars.map(\.codePoint)
    let startsWithMark = symbol.unicodeScalars.first?.properties.generalCategory == .nonspacingMark
    return "“\(startsWithMark ? "◌" : "")\(symbol)” (\(codes.joined(separator: " ")))"
}
