import Imaging

/// A grid of images in cells of equal size, each with a caption below, separated by grey lines.
struct ContactSheet {
    let columns: Int
    private let width: Int
    private let height: Int
    private let sheetWidth: Int
    private let sheetHeight: Int
    private var pixels: [UInt8]

    /// The sheet so far.
    var image: Image { Image(width: sheetWidth, height: sheetHeight, pixels: pixels) }

    /// The height of a caption, in pixels.
    static let captionHeight = 18

    private static let gap = 4
    private static let line: UInt8 = 170
    private static let paper: UInt8 = 255

    /// A sheet of empty cells for images of `width` × `height` pixels.
    init(cells: Int, columns: Int, width: Int, height: Int) {
        (self.columns, self.width, self.height) = (columns, width, height)
        let rows = (cells + columns - 1) / columns
        sheetWidth = columns * (width + Self.gap) + Self.gap
        sheetHeight = rows * (height + Self.captionHeight + Self.gap) + Self.gap
        pixels = [UInt8](repeating: Self.line, count: sheetWidth * sheetHeight)
        let cellHeight = height + Self.captionHeight
        let blank = Image(
            width: width, height: cellHeight,
            pixels: [UInt8](repeating: Self.paper, count: width * cellHeight))
        for cell in 0..<cells { place(blank, at: cell, below: 0) }
    }

    /// Shows an image in a cell, scaled to fit.
    mutating func show(_ sample: Image, at cell: Int) {
        let scale = min(Double(width) / Double(sample.width), Double(height) / Double(sample.height))
        let scaled = sample.resized(
            width: min(width, max(1, Int((Double(sample.width) * scale).rounded()))),
            height: min(height, max(1, Int((Double(sample.height) * scale).rounded()))))
        place(scaled, at: cell, below: (height - scaled.height) / 2)
    }

    /// Puts the image of a caption into a cell.
    mutating func caption(_ line: Image, at cell: Int) { place(line, at: cell, below: height) }

    private mutating func place(_ part: Image, at cell: Int, below offset: Int) {
        let left = Self.gap + cell % columns * (width + Self.gap)
        let top = Self.gap + cell / columns * (height + Self.captionHeight + Self.gap) + offset
        for row in 0..<part.height {
            let start = (top + row) * sheetWidth + left
            let line = part.pixels[row * part.width..<(row + 1) * part.width]
            pixels.replaceSubrange(start..<start + part.width, with: line)
        }
    }
}
