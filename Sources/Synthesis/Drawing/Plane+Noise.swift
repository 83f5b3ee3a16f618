import Files

extension Plane {
    /// Value noise: independent uniform values, 0 … 1, on a grid of `cell` pixels, interpolated bilinearly.
    static func valueNoise(width: Int, height: Int, cell: Double, using generator: inout SeededGenerator)
        -> Plane
    {
        let columns = max(2, Int((Double(width) / cell).rounded(.up)) + 1)
        let rows = max(2, Int((Double(height) / cell).rounded(.up)) + 1)
        let grid = Plane(
            width: columns, height: rows,
            values: (0..<columns * rows).map { _ in Float.random(in: 0...1, using: &generator) })
        var output = Plane(width: width, height: height)
        let step = Float(1 / cell)
        let (dx, dy) = (
            Float.random(in: 0..<1, using: &generator), Float.random(in: 0..<1, using: &generator)
        )
        for row in 0..<height {
            for column in 0..<width {
                output.values[row * width + column] = grid.sample(
                    Float(column) * step + dx, Float(row) * step + dy)
            }
        }
        return output
    }

    /// Adds independent, approximately Gaussian noise of standard deviation `deviation` to each value.
    mutating func addNoise(deviation: Double, using generator: inout SeededGenerator) {
        let scale = Float(deviation) / 147.8
        values.withUnsafeMutableBufferPointer { values in
            for index in stride(from: 0, to: values.count, by: 2) {
                let word = generator.next()
                values[index] += Self.sumOfBytes(UInt32(truncatingIfNeeded: word)) * scale
                guard index + 1 < values.count else { return }
                values[index + 1] += Self.sumOfBytes(UInt32(truncatingIfNeeded: word >> 32)) * scale
            }
        }
    }

    /// The sum of four uniform bytes minus its mean 510: an Irwin–Hall distribution of standard deviation 147.8.
    @inline(__always)
    private static func sumOfBytes(_ word: UInt32) -> Float {
        let pairs = (word & 0x00FF_00FF) &+ ((word &>> 8) & 0x00FF_00FF)
        return Float(Int32(bitPattern: (pairs & 0xFFFF) &+ (pairs &>> 16)) &- 510)
    }
}
