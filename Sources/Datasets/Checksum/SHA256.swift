internal import CNettle

/// SHA-256 (FIPS 180-4) by Nettle, which uses the SHA instructions of the processor if it has them.
struct SHA256 {
    private var context = sha256_ctx()

    init() { unsafe nettle_sha256_init(&context) }

    /// Hashes more bytes.
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        unsafe nettle_sha256_update(&context, bytes.count, start.assumingMemoryBound(to: UInt8.self))
    }

    /// Hashes the 32 bytes of a digest; the first byte is the lowest of the first word.
    mutating func update(_ words: SIMD4<UInt64>) {
        var bytes = SIMD4<UInt64>(words.indices.map { words[$0].littleEndian })
        unsafe withUnsafeBytes(of: &bytes) { unsafe update($0) }
    }

    /// The digest of all bytes hashed; the first byte is the lowest of the first word.
    mutating func digest() -> SIMD4<UInt64> {
        var bytes = [UInt8](repeating: 0, count: 32)
        unsafe nettle_sha256_digest(&context, bytes.count, &bytes)
        var words = SIMD4<UInt64>(repeating: 0)
        for (index, byte) in bytes.enumerated() { words[index / 8] |= UInt64(byte) << (8 * (index % 8)) }
        return words
    }
}
