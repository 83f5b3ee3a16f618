internal import Files

/// A checksum of the content of a data set: the sum, modulo 2²⁵⁶, over all samples, of the SHA-256 of the image's
/// SHA-256 followed by the label's UTF-8.
///
/// It depends on every byte of every image and label and on repetitions, but not on the order of samples, their keys
/// or the layout of the file. The checksum of a concatenation is the sum of the checksums of its parts. It detects
/// accidents only: it does not resist somebody who constructs another data set with the same sum.
public struct DatasetChecksum: Sendable, Hashable {
    private var sum: SIMD4<UInt64>

    private static let prefix = "sha256-sum:"

    /// The checksum of an empty data set.
    public init() { sum = SIMD4(repeating: 0) }

    /// Adds one sample.
    public mutating func add(_ image: ImageDigest, label: some Collection<UInt8>) {
        var hash = SHA256()
        hash.update(image.words)
        unsafe Array(label).withUnsafeBytes { unsafe hash.update($0) }
        add(hash.digest())
    }

    /// Adds the samples of another data set.
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
    /// The text `sha256-sum:` and 64 hexadecimal digits.
    public var description: String {
        Self.prefix
            + (0..<4).reversed().map { sum[$0].zeroPadded(to: 16, radix: 16) }.joined()
    }

    /// Parses a ``description``; nil for any other text.
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

    /// Decodes the ``description``.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let checksum = DatasetChecksum(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not the checksum of a data set")
        }
        self = checksum
    }

    /// Encodes the ``description``.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
