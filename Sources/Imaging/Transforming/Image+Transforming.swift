internal import Requirements

extension Image {
    /// The image, warped by an affine map with bilinear interpolation. The size is unchanged; pixels from outside the image
    /// are `background`.
    ///
    /// `map` leads from a point of the result to a point of this image, as in Pillow's `Image.transform(…, AFFINE, …)`:
    /// an anticlockwise rotation turns the content clockwise.
    public func transformed(by map: AffineMap, background: UInt8) -> Image {
        require(map.isFinite, "\(map) is not finite")
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

/// An image with a border of background, one pixel wide, so that interpolation needs no special case at the border.
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

    /// Writes one row of the warped image to `output`.
    ///
    /// Positions are fixed-point numbers in the frame, counted from the centre of its first pixel.
    func sampleRow(
        _ row: Int, of input: UnsafeBufferPointer<UInt8>, by map: AffineMap,
        into output: UnsafeMutableBufferPointer<UInt8>
    ) {
        let y = Double(row) + 0.5
        var sourceX = fixedPoint(map.xx * 0.5 + map.xy * y + map.x0 + 0.5)
        var sourceY = fixedPoint(map.yx * 0.5 + map.yy * y + map.y0 + 0.5)
        let (stepX, stepY) = (fixedPoint(map.xx), fixedPoint(map.yx))
        let (endX, endY) = (UInt64(width - 1) << fractionBits, UInt64(height - 1) << fractionBits)
        for column in output.indices {
            let inside = UInt64(bitPattern: sourceX) < endX && UInt64(bitPattern: sourceY) < endY
            output[column] = inside ? sample(input, sourceX, sourceY) : background
            sourceX &+= stepX
            sourceY &+= stepY
        }
    }

    /// The value between the four pixels around (x, y), in steps of 1/256 of a pixel.
    @inline(__always)
    private func sample(_ input: UnsafeBufferPointer<UInt8>, _ x: Int64, _ y: Int64) -> UInt8 {
        let right = Int32(truncatingIfNeeded: x &>> (fractionBits - 8)) & 255
        let below = Int32(truncatingIfNeeded: y &>> (fractionBits - 8)) & 255
        let start = Int(y &>> fractionBits) &* width &+ Int(x &>> fractionBits)
        func between(_ start: Int) -> Int32 {
            Int32(input[start]) &* (256 &- right) &+ Int32(input[start &+ 1]) &* right
        }
        let sum = between(start) &* (256 &- below) &+ between(start &+ width) &* below
        return UInt8(truncatingIfNeeded: (sum &+ 32768) &>> 16)
    }
}

/// The fractional bits of a position: enough for steps along a row to accumulate no visible error.
private let fractionBits: Int64 = 24

/// `length` as a fixed-point number with `fractionBits`; lengths beyond any image are clamped.
private func fixedPoint(_ length: Double) -> Int64 {
    Int64((max(-0x1p22, min(0x1p22, length)) * 0x1p24).rounded())
}
