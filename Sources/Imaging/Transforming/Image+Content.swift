internal import Requirements

extension Image {
    /// The whole image.
    public var area: PixelArea { PixelArea(columns: 0..<width, rows: 0..<height) }

    /// The smallest area outside which there is nothing but background; nil if the image is of one grey.
    ///
    /// A pixel is background if it differs from ``background`` by at most an eighth of the greatest difference in the
    /// image, and by at most 24 grey levels. So JPEG's ringing is background, and faint letters on faint paper are not.
    public var content: PixelArea? {
        let background = Int(background)
        let greatest = pixels.reduce(0) { max($0, abs(Int($1) - background)) }
        guard greatest > 0 else { return nil }
        let tolerance = min(24, greatest / 8)
        let levels = (background - tolerance)...(background + tolerance)
        let (rows, columns) = pixels.withUnsafeBufferPointer { pixels in
            let rows = (0..<height).filter { row in
                pixels[row * width..<(row + 1) * width].contains { !levels.contains(Int($0)) }
            }
            let columns = (0..<width).filter { column in
                rows.contains { !levels.contains(Int(pixels[$0 * width + column])) }
            }
            return (rows, columns)
        }
        return PixelArea(
            columns: columns[0]..<columns[columns.count - 1] + 1, rows: rows[0]..<rows[rows.count - 1] + 1)
    }

    /// The pixels of `area`, which lies within the image.
    public func cropped(to area: PixelArea) -> Image {
        require(
            !area.columns.isEmpty && !area.rows.isEmpty && self.area.columns.contains(area.columns)
                && self.area.rows.contains(area.rows),
            "columns \(area.columns) and rows \(area.rows) of an image of \(width) × \(height)")
        guard area != self.area else { return self }
        return Image(width: area.width, height: area.height) { output in
            pixels.withUnsafeBufferPointer { input in
                for row in 0..<area.height {
                    let start = (area.rows.lowerBound + row) * width
                    let line = input[start + area.columns.lowerBound..<start + area.columns.upperBound]
                    _ = output[(row * area.width)...].update(fromContentsOf: line)
                }
            }
        }
    }
}
