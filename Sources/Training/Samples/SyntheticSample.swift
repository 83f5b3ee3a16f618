/// A synthetic image and the text that it shows.
public struct SyntheticSample: Sendable, Equatable {
    /// The text that the image shows.
    public let label: String
    /// The encoded image (PNG, JPEG).
    public let bytes: [UInt8]

    /// Creates an image with its text.
    public init(label: String, bytes: [UInt8]) { (self.label, self.bytes) = (label, bytes) }

    /// Lends image and label to `body`; the pointer is valid during the call only.
    func lend<Result>(_ body: (UnsafeRawBufferPointer, String) throws -> Result) throws -> Result {
        try unsafe bytes.withUnsafeBytes { try unsafe body($0, label) }
    }
}
