public import Imaging
internal import Requirements

/// Renders captions: plain lines of text in any script that the system's fonts support.
///
/// Not thread-safe.
public final class CaptionRenderer {
    private let layout: LineLayout
    private let width: Int
    private let height: Int

    /// Creates a renderer of captions with `width` × `height` pixels.
    ///
    /// - Throws: ``SynthesisError/drawing(reason:)`` if Pango fails.
    public init(width: Int, height: Int) throws(SynthesisError) {
        require(width > 0 && height > 0, "captions of \(width) × \(height) pixels")
        guard let layout = LineLayout(nil, font: "Sans", size: 0.7 * Double(height)) else {
            throw .drawing(reason: "Pango cannot create a layout for captions")
        }
        (self.layout, self.width, self.height) = (layout, width, height)
        layout.ellipsize(to: Double(width))
    }

    /// An image of the text, black on white; text that is too long ends in an ellipsis.
    public func image(of text: String) throws(SynthesisError) -> Image {
        let baseline = 0.75 * Double(height)
        let outline = layout.outline(of: text).outline.mapped { $0 + Outline.Point(0, baseline) }
        var page = try outline.coverage(width: width, height: height)
        page.update { 1 - $0 }
        return page.image
    }
}
