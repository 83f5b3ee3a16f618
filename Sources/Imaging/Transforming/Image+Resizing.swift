internal import Requirements

extension Image {
    /// The image, enlarged or reduced to `width` × `height` pixels.
    ///
    /// The triangle filter is wider on reduction, so that every input pixel counts. The result has the same bytes as
    /// Pillow's `Image.resize` with `BILINEAR` for 8-bit grey.
    public func resized(width newWidth: Int, height newHeight: Int) -> Image {
        require(newWidth > 0 && newHeight > 0, "cannot resize to \(newWidth) × \(newHeight) pixels")
        let stretched =
            newWidth == width
            ? self : SeparableFilter(triangleFrom: width, to: newWidth).appliedToRows(of: self)
        return newHeight == height
            ? stretched : SeparableFilter(triangleFrom: height, to: newHeight).appliedToColumns(of: stretched)
    }
}

extension SeparableFilter {
    /// Linear interpolation for enlargement; for reduction, a triangle that spans two output pixels.
    fileprivate init(triangleFrom inputCount: Int, to outputCount: Int) {
        let radius = max(1, Double(inputCount) / Double(outputCount))
        let slope = 1 / radius
        self.init(inputCount: inputCount, outputCount: outputCount, radius: radius) { distance in
            max(0, 1 - abs(distance * slope))
        }
    }
}
