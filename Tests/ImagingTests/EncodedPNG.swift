/// PNGs assembled byte by byte, valid or with intentional defects (PNG specification, second edition).
enum EncodedPNG {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// The colour types of IHDR.
    enum Colours: UInt8 {
        case grey = 0
        case rgb = 2
        case palette = 3
        case greyAlpha = 4
        case rgba = 6
    }

    /// A PNG of `rows`, each the packed bytes of one scan line, with `chunks` between the header and the pixels.
    static func bytes(
        width: Int, depth: UInt8 = 8, _ colours: Colours, interlaced: Bool = false, chunks: [[UInt8]] = [],
        rows: [[UInt8]]
    ) -> [UInt8] {
        let header = header(width, rows.count, depth, colours, interlaced: interlaced)
        let pixels = chunk("IDAT", zlib(rows.flatMap { [0] + $0 }))
        return signature + header + chunks.joined() + pixels + chunk("IEND", [])
    }

    static func header(
        _ width: Int, _ height: Int, _ depth: UInt8 = 8, _ colours: Colours = .grey, interlaced: Bool = false
    ) -> [UInt8] {
        chunk(
            "IHDR",
            bigEndian(UInt32(width)) + bigEndian(UInt32(height))
                + [depth, colours.rawValue, 0, 0, interlaced ? 1 : 0])
    }

    /// Length, name, contents and checksum.
    static func chunk(_ name: String, _ contents: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + contents
        return bigEndian(UInt32(contents.count)) + named + bigEndian(crc32(named))
    }

    static func bigEndian(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    /// A zlib stream of one stored block (RFC 1950, RFC 1951), for at most 65535 bytes.
    private static func zlib(_ contents: [UInt8]) -> [UInt8] {
        let count = UInt16(contents.count)
        let lengths = [count, ~count].flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        return [0x78, 0x01, 0x01] + lengths + contents + bigEndian(adler32(contents))
    }

    private static func adler32(_ contents: [UInt8]) -> UInt32 {
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in contents {
            low = (low + UInt32(byte)) % 65521
            high = (high + low) % 65521
        }
        return high << 16 | low
    }
}

/// The CRC-32 of PNG and zip, also used to compare images.
func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var checksum = UInt32.max
    for byte in bytes {
        checksum ^= UInt32(byte)
        for _ in 0..<8 { checksum = checksum >> 1 ^ (checksum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return ~checksum
}
