/// The SHA-256 of an encoded image.
public struct ImageDigest: Sendable, Hashable {
    /// The bytes of the digest; the first byte is the lowest of the first word.
    let words: SIMD4<UInt64>

    /// Hashes the bytes of an encoded image.
    public init(of bytes: UnsafeRawBufferPointer) {
        var hash = SHA256()
        unsafe hash.update(bytes)
        words = hash.digest()
    }

    /// Hashes the bytes of an encoded image.
    public init(of bytes: [UInt8]) {
        self = unsafe bytes.withUnsafeBytes { unsafe ImageDigest(of: $0) }
    }

    /// A quarter of the digest: different prefixes prove different images.
    var prefix: UInt64 { words[0] }
}
