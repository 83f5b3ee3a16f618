/// The SHA-256 of an encoded image.
public struct ImageDigest: Sendable, Hashable {
    /// The digest's bytes, the first one lowest.
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

    /// An eighth of the digest: enough to tell images that are surely different.
    var prefix: UInt64 { words[0] }
}

/// What a data set holds, in one number: the sum, modulo 2²⁵⁶, over all samples of the SHA-256 of the image's SHA-256
/// followed by the label's UTF-8.
///
/// The order of samples, their keys and the file's layout do not matter; every byte of an image, every label and every
/// repetition does. Sums of parts make the sum of the whole. It finds accidents: it is no signature against someone
/// who looks for another set of the same sum.
public struct DatasetChecksum: Sendable, Hashable {
    private var sum: SIMD4<UInt64>

    private static let prefix = "sha256-sum:"

    /// The checksum of a set without samples.
    public init() { sum = SIMD4(repeating: 0) }

    /// Adds one sample.
    public mutating func add(_ image: ImageDigest, label: some Collection<UInt8>) {
        var hash = SHA256()
        hash.update(image.words)
        unsafe Array(label).withUnsafeBytes { unsafe hash.update($0) }
        add(hash.digest())
    }

    /// Adds the samples of another set.
    public mutating func add(_ other: DatasetChecksum) { add(other.sum) }

    private mutating func add(_ words: SIMD4<UInt64>) {
        var carry: UInt64 = 0
        for index in 0..<4 {
            let (partial, first) = sum[index].addingReportingOverflow(words[index])
            let (total, second) = partial.addingReportingOverflow(carry)
            sum[index] = total
            carry = first || second ? 1 : 0
        }
    }
}

extension DatasetChecksum: LosslessStringConvertible, Codable {
    /// `sha256-sum:` and 64 hexadecimal digits.
    public var description: String {
        Self.prefix
            + (0..<4).reversed().map { index in
                let digits = String(sum[index], radix: 16)
                return String(repeating: "0", count: 16 - digits.count) + digits
            }.joined()
    }

    /// Reads what ``description`` gives; nil for any other text.
    public init?(_ description: String) {
        guard description.hasPrefix(Self.prefix) else { return nil }
        let digits = Array(description.dropFirst(Self.prefix.count))
        guard digits.count == 64, digits.allSatisfy(\.isHexDigit) else { return nil }
        sum = SIMD4(repeating: 0)
        for index in 0..<4 {
            guard let word = UInt64(String(digits[(48 - 16 * index)..<(64 - 16 * index)]), radix: 16) else {
                return nil
            }
            sum[index] = word
        }
    }

    /// Reads the text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let checksum = DatasetChecksum(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a data set's checksum")
        }
        self = checksum
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
