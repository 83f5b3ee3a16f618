/// The symbols of an alphabet that are rare in ordinary text, with a fast lookup in UTF-8 bytes.
struct RareSymbols {
    /// The symbols other than ASCII letters, digits and the space that are one UTF-16 unit.
    let symbols: [Character]
    private var numbers = [Int16](repeating: -1, count: 0x10000)

    init(alphabet: String) {
        symbols = alphabet.filter { symbol in
            let isCommon = symbol.isASCII && (symbol.isLetter || symbol.isNumber || symbol == " ")
            return !isCommon && symbol.utf16.count == 1
        }
        for (number, symbol) in symbols.prefix(Int(Int16.max)).enumerated() {
            if let unit = symbol.utf16.first { numbers[Int(unit)] = Int16(number) }
        }
    }

    /// The index in `symbols` of the symbol that starts at `offset` of valid UTF-8; nil if it is not rare.
    @inline(__always)
    func number(at offset: Int, in bytes: [UInt8]) -> Int? {
        let first = Int(bytes[offset])
        let unit: Int
        switch first {
        case ..<0x80: unit = first
        case 0xC2..<0xE0: unit = (first & 0x1F) << 6 | Int(bytes[offset + 1]) & 0x3F
        case 0xE0..<0xF0:
            unit = (first & 0x0F) << 12 | (Int(bytes[offset + 1]) & 0x3F) << 6 | Int(bytes[offset + 2]) & 0x3F
        default: return nil
        }
        return numbers[unit] < 0 ? nil : Int(numbers[unit])
    }
}
