import Imaging

/// Pictures in cells of one size, each with a line of text below, parted by grey lines.
struct ContactSheet {
    let columns: Int
    private let width: Int
    private let height: Int
    /// The sheet so far.
    private(set) var image: Image

    /// The height of the line below each picture, in pixels.
    static let captionHeight = 18

    private static let gap = 4
    private static let line: UInt8 = 170
    private static let paper: UInt8 = 255

    /// A sheet of empty cells for pictures of `width` × `height` pixels.
    init(cells: Int, columns: Int, width: Int, height: Int) {
        (self.columns, self.width, self.height) = (columns, width, height)
        let rows = (cells + columns - 1) / columns
        let (sheetWidth, sheetHeight) = (
            columns * (width + Self.gap) + Self.gap,
            rows * (height + Self.captionHeight + Self.gap) + Self.gap
        )
        image = Image(
            width: sheetWidth, height: sheetHeight,
            pixels: [UInt8](repeating: Self.line, count: sheetWidth * sheetHeight))
        let tall = height + Self.captionHeight
        let blank = Image(
            width: width, height: tall, pixels: [UInt8](repeating: Self.paper, count: width * tall))
        for cell in 0..<cells { place(blank, at: cell, below: 0) }
    }

    /// Shows a picture in a cell, as large as fits.
    mutating func show(_ picture: Image, at cell: Int) {
        let scale = min(Double(width) / Double(picture.width), Double(height) / Double(picture.height))
        let scaled = picture.resized(
            width: min(width, max(1, Int((Double(picture.width) * scale).rounded()))),
            height: min(height, max(1, Int((Double(picture.height) * scale).rounded()))))
        place(scaled, at: cell, below: (height - scaled.height) / 2)
    }

    /// Puts the picture of a line below a cell's picture.
    mutating func caption(_ line: Image, at cell: Int) { place(line, at: cell, below: height) }

    private mutating func place(_ picture: Image, at cell: Int, below offset: Int) {
        let left = Self.gap + cell % columns * (width + Self.gap)
        let top = Self.gap + cell / columns * (height + Self.captionHeight + Self.gap) + offset
        for row in 0..<picture.height {
            let start = (top + row) * image.width + left
            let line = picture.pixels[row * picture.width..<(row + 1) * picture.width]
            image.pixels.replaceSubrange(start..<start + picture.width, with: line)
        }
    }
}
