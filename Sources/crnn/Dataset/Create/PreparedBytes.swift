import Datasets

/// The bytes of an image that was decoded successfully, and their digest.
struct PreparedBytes: Sendable {
    let bytes: [UInt8]
    let digest: ImageDigest
    /// What was left out; nil if there is nothing.
    let note: String?

    init(_ bytes: [UInt8], note: String?) {
        (self.bytes, digest, self.note) = (bytes, ImageDigest(of: bytes), note)
    }
}
