extension Image {
    /// The picture warped: each pixel of the result is taken from where `map` sends its centre, with bilinear
    /// interpolation. The size stays; whatever lies outside the picture is `background`.
    ///
    /// `map` leads from the result back to this picture, as in Pillow's `Image.transform(…, AFFINE, …)`: to
    /// turn the content clockwise, give an anticlockwise rotation.
    public func transformed(by map: AffineMap, background: UInt8) -> Image {
        let framed = Frame(around: self, background: background)
        return Image(width: width, height: height) { output in
            framed.pixels.withUnsafeBufferPointer { input in
                for row in 0..<height {
                    let line = UnsafeMutableBufferPointer(rebasing: output[row * width..<(row + 1) * width])
                    framed.sampleRow(row, of: input, by: map, into: line)
                }
            }
        }
    }
}

/// A picture within a frame of background one pixel wide, so that interpolation at its border needs no care.
private struct Frame {
    let width: Int
    let height: Int
    let background: UInt8
    private(set) var pixels: [UInt8]

    init(around image: Image, background: UInt8) {
        width = image.width + 2
        height = image.height + 2
        self.background = background
        pixels = [UInt8](repeating: background, count: width * height)
        for row in 0..<image.height {
            let start = (row + 1) * width + 1
            pixels.replaceSubrange(
                start..<start + image.width,
                with: image.pixels[row * image.width..<(row + 1) * image.width])
        }
    }

    /// Writes one row of the warped picture into `output`. Positions are those of pixel centres in the frame.
    func sampleRow(
        _ row: Int, of input: UnsafeBufferPointer<UInt8>, by map: AffineMap,
        into output: UnsafeMutableBufferPointer<UInt8>
    ) {
        let y = Double(row) + 0.5
        let (startX, startY) = (map.xy * y + map.x0 + 0.5, map.yy * y + map.y0 + 0.5)
        let (lastX, lastY) = (Float(width - 1), Float(height - 1))
        for column in output.indices {
            let x = Double(column) + 0.5
            let (sourceX, sourceY) = (Float(map.xx * x + startX), Float(map.yx * x + startY))
            let inside = sourceX >= 0 && sourceX < lastX && sourceY >= 0 && sourceY < lastY
            output[column] = inside ? sample(input, sourceX, sourceY) : background
        }
    }

    /// The value between the four pixels around (x, y), in steps of 1/256 of a pixel.
    @inline(__always)
    private func sample(_ input: UnsafeBufferPointer<UInt8>, _ x: Float, _ y: Float) -> UInt8 {
        let (fixedX, fixedY) = (Int32(x * 256), Int32(y * 256))
        let (right, below) = (fixedX & 255, fixedY & 255)
        let start = Int(fixedY &>> 8) &* width &+ Int(fixedX &>> 8)
        func between(_ start: Int) -> Int32 {
            Int32(input[start]) &* (256 &- right) &+ Int32(input[start &+ 1]) &* right
        }
        let sum = between(start) &* (256 &- below) &+ between(start &+ width) &* below
        return UInt8(truncatingIfNeeded: (sum &+ 32768) &>> 16)
    }
}
