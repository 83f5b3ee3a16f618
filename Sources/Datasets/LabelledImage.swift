/// One encoded image with its label, as stored.
public struct LabelledImage: Sendable, Equatable {
    /// The key of the encoded image, such as `image-000000042`.
    public let key: String
    /// The text that the image shows.
    public let label: String
    /// The encoded image (PNG, JPEG).
    public let bytes: [UInt8]

    /// Creates a sample of the given parts.
    public init(key: String, label: String, bytes: [UInt8]) {
        (self.key, self.label, self.bytes) = (key, label, bytes)
    }
}
