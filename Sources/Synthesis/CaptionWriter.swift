public import Imaging

/// Writes plain lines of text in any script that the system's fonts hold, for people to read beside pictures.
///
/// For one thread at a time.
public final class CaptionWriter {
    private let layout: LineLayout
    private let width: Int
    private let height: Int

    /// A writer of lines `width` × `height` pixels in size.
    public init(width: Int, height: Int) throws(SynthesisError) {
        precondition(width > 0 && height > 0, "captions of \(width) × \(height) pixels")
        guard let layout = LineLayout(nil, font: "Sans", size: 0.7 * Double(height)) else {
            throw .drawing(reason: "Pango makes no layout for captions")
        }
        (self.layout, self.width, self.height) = (layout, width, height)
        layout.shorten(to: Double(width))
    }

    /// A picture of the text, dark on white, cut with an ellipsis where it is too long.
    public func image(of text: String) throws(SynthesisError) -> Image {
        let baseline = 0.75 * Double(height)
        let outline = layout.outline(of: text).outline.mapped { $0 + Outline.Point(0, baseline) }
        var page = try outline.coverage(width: width, height: height)
        page.update { 1 - $0 }
        return page.image
    }
}
