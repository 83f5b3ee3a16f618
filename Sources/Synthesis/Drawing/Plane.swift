import Imaging
internal import Requirements

/// One number per pixel, height × width in row-major order: the ink coverage or the brightness, 0 … 1.
struct Plane {
    let width: Int
    let height: Int
    var values: [Float]

    init(width: Int, height: Int, values: [Float]) {
        require(values.count == width * height, "\(values.count) values for \(width) × \(height)")
        (self.width, self.height, self.values) = (width, height, values)
    }

    init(width: Int, height: Int, filledWith value: Float = 0) {
        self.init(width: width, height: height, values: [Float](repeating: value, count: width * height))
    }

    /// The brightness of `image`.
    init(_ image: Image) {
        self.init(width: image.width, height: image.height, values: image.pixels.map { Float($0) / 255 })
    }

    /// The 8-bit image of this brightness.
    var image: Image {
        Image(
            width: width, height: height,
            pixels: values.map { UInt8(max(0, min(255, ($0 * 255).rounded()))) })
    }

    /// Replaces each value by `body` of it.
    mutating func update(_ body: (Float) -> Float) {
        values.withUnsafeMutableBufferPointer { values in
            for index in values.indices { values[index] = body(values[index]) }
        }
    }

    /// Replaces each value by `body` of it and of the value of `other` at the same pixel.
    mutating func update(with other: Plane, _ body: (Float, Float) -> Float) {
        require(
            other.width == width && other.height == height,
            "planes of \(width) × \(height) and \(other.width) × \(other.height)")
        values.withUnsafeMutableBufferPointer { values in
            other.values.withUnsafeBufferPointer { other in
                for index in values.indices { values[index] = body(values[index], other[index]) }
            }
        }
    }

    /// The value at (x, y), by bilinear interpolation between pixel centres; border values are repeated outside.
    @inline(__always)
    func sample(_ x: Float, _ y: Float) -> Float {
        let (x, y) = (max(0, min(Float(width - 1), x)), max(0, min(Float(height - 1), y)))
        let (left, top) = (Int(x), Int(y))
        let (right, bottom) = (min(left + 1, width - 1), min(top + 1, height - 1))
        let (fx, fy) = (x - Float(left), y - Float(top))
        let upper = values[top * width + left] * (1 - fx) + values[top * width + right] * fx
        let lower = values[bottom * width + left] * (1 - fx) + values[bottom * width + right] * fx
        return upper * (1 - fy) + lower * fy
    }
}
