import Imaging

/// An image prepared for the network, and the part of the original that it shows.
struct PreparedImage: Sendable {
    /// The image at the network's height, padded to its padded width.
    let image: Image
    /// The part of the original that was scaled, in pixels of the original.
    let area: PixelArea

    init(_ original: Image, by preprocessor: Preprocessor) throws(PreprocessingError) {
        image = try preprocessor.prepare(original)
        area = preprocessor.area(of: original)
    }
}
