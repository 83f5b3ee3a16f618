public import Imaging

/// A synthetic image of text and its label.
public struct SynthesizedSample: Sendable {
    /// The image.
    public let image: Image
    /// The label: the text that the image shows.
    public let text: String
    /// The font face of the text: family, style.
    public let font: String
}
