/// Whether an image looks like one line of text.
public enum LineShape: Sendable, Hashable {
    /// Nothing speaks against a line.
    case line
    /// The image is at least ``tallness`` times as high as wide: turned, or a column of letters.
    case tooTall
    /// About this many rows of ink lie below each other: a page or a paragraph.
    case rows(Int)

    /// The ratio of height to width from which an image is too tall for a line.
    public static let tallness = 3
    /// The height in pixels from which an image is too tall; single letters are tall, too, but small.
    private static let tallHeight = 200
    /// The smallest height of several legible rows.
    private static let rowsHeight = 80
    /// The number of rows from which an image is no line. Marks above letters and spots count as a row at most twice.
    private static let rowLimit = 4

    /// Examines an image.
    public init(of image: Image) {
        let rows = image.height < Self.rowsHeight ? 1 : image.rowsOfInk
        if rows >= Self.rowLimit {
            self = .rows(rows)
        } else if image.height >= max(Self.tallHeight, Self.tallness * image.width) {
            self = .tooTall
        } else {
            self = .line
        }
    }
}
