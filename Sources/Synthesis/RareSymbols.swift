/// The symbols of an alphabet that ordinary text holds seldom, to be found in UTF-8 quickly.
struct RareSymbols {
    /// All but ASCII's letters, digits and the space, if they are a single scalar below U+10000.
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

    /// The number of the rare symbol whose first byte is at `offset` of valid UTF-8; nil where there is none.
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
