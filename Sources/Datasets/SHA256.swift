internal import CNettle

/// SHA-256 (FIPS 180-4) by Nettle, which uses the processor's own instructions where it has them.
struct SHA256 {
    private var context = sha256_ctx()

    init() { unsafe nettle_sha256_init(&context) }

    /// Hashes more bytes.
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        unsafe nettle_sha256_update(&context, bytes.count, start.assumingMemoryBound(to: UInt8.self))
    }

    /// Hashes the four numbers of a digest, the lowest byte first.
    mutating func update(_ words: SIMD4<UInt64>) {
        var bytes = SIMD4<UInt64>(words.indices.map { words[$0].littleEndian })
        unsafe withUnsafeBytes(of: &bytes) { unsafe update($0) }
    }

    /// The digest as four numbers, the first byte lowest.
    mutating func digest() -> SIMD4<UInt64> {
        var bytes = [UInt8](repeating: 0, count: 32)
        unsafe nettle_sha256_digest(&context, bytes.count, &bytes)
        var words = SIMD4<UInt64>(repeating: 0)
        for (index, byte) in bytes.enumerated() { words[index / 8] |= UInt64(byte) << (8 * (index % 8)) }
        return words
    }
}
