extension Image {
    /// The picture stretched or shrunk to `width` × `height` pixels.
    ///
    /// A triangle filter that widens as the picture shrinks, so that no line is skipped: the same bytes as
    /// Pillow's `Image.resize` with `BILINEAR` for 8-bit grey.
    public func resized(width newWidth: Int, height newHeight: Int) -> Image {
        precondition(newWidth > 0 && newHeight > 0, "cannot resize to \(newWidth) × \(newHeight) pixels")
        let stretched =
            newWidth == width
            ? self : SeparableFilter(triangleFrom: width, to: newWidth).appliedToRows(of: self)
        return newHeight == height
            ? stretched : SeparableFilter(triangleFrom: height, to: newHeight).appliedToColumns(of: stretched)
    }
}

extension SeparableFilter {
    /// Linear interpolation on enlargement; on reduction a triangle that spans two output pixels.
    fileprivate init(triangleFrom inputCount: Int, to outputCount: Int) {
        let radius = max(1, Double(inputCount) / Double(outputCount))
        let slope = 1 / radius
        self.init(inputCount: inputCount, outputCount: outputCount, radius: radius) { distance in
            max(0, 1 - abs(distance * slope))
        }
    }
}
