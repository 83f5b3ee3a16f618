import CPango

/// A set of Unicode scalars: a bitmap of 256 bits for each block of 256 scalars that is not empty.
struct ScalarSet: Sendable {
    private var blocks: [UInt32: SIMD8<UInt32>] = [:]

    func contains(_ scalar: UInt32) -> Bool {
        guard let block = blocks[scalar >> 8] else { return false }
        return block[Int(scalar >> 5 & 7)] >> (scalar & 31) & 1 == 1
    }

    /// The character set of a fontconfig pattern.
    init(_ pattern: OpaquePointer) {
        var set: OpaquePointer?
        guard FcPatternGetCharSet(pattern, FC_CHARSET, 0, &set) == FcResultMatch else { return }
        var map = [FcChar32](repeating: 0, count: 8)
        var next: FcChar32 = 0
        var page = FcCharSetFirstPage(set, &map, &next)
        while page != FcChar32.max {
            blocks[page >> 8] = SIMD8(map)
            page = FcCharSetNextPage(set, &map, &next)
        }
    }
}
