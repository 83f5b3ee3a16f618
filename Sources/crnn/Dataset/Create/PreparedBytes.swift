import Datasets

/// The bytes of an image that was decoded successfully, and their digest.
struct PreparedBytes: Sendable {
    let bytes: [UInt8]
    let digest: ImageDigest

    init(_ bytes: [UInt8]) { (self.bytes, digest) = (bytes, ImageDigest(of: bytes)) }
}
