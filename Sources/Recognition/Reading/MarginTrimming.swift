import Imaging

/// Decides how much of an image's margins is kept: a line of text should fill about two thirds of the height.
enum MarginTrimming {
    /// The area of `image` that is read: its content with at most a quarter of the content's height on each side.
    ///
    /// Rows are kept if the content is lower than an eighth of the image, which is a hyphen or a full stop rather than
    /// a line of text. Content that is less than twice as wide as high may be a comma or an apostrophe; at least half
    /// of the rows are kept then.
    static func area(of image: Image) -> PixelArea {
        guard let content = image.content else { return image.area }
        let margin = (content.height + 2) / 4
        let columns = extended(content.columns, by: margin, within: image.width)
        guard 8 * content.height >= image.height else {
            return PixelArea(columns: columns, rows: image.area.rows)
        }
        let least = content.width < 2 * content.height ? (image.height + 1) / 2 : 0
        let missing = max(0, least - content.height - 2 * margin)
        let rows = extended(content.rows, by: margin + (missing + 1) / 2, within: image.height)
        return PixelArea(columns: columns, rows: rows)
    }

    private static func extended(_ range: Range<Int>, by margin: Int, within limit: Int) -> Range<Int> {
        max(0, range.lowerBound - margin)..<min(limit, range.upperBound + margin)
    }
}
