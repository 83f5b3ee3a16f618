import Imaging

/// An image prepared for the network, and the size of the original.
struct PreparedImage: Sendable {
    /// The image at the network's height, padded to its padded width.
    let image: Image
    /// The width of the original in pixels.
    let originalWidth: Int
    /// The height of the original in pixels.
    let originalHeight: Int

    init(_ original: Image, by preprocessor: Preprocessor) throws(PreprocessingError) {
        image = try preprocessor.prepare(original)
        (originalWidth, originalHeight) = (original.width, original.height)
    }
}
