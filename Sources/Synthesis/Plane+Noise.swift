
extension Plane {
    /// Smooth random values between 0 and 1: `cell` pixels lie between two that are independent.
    static func clouds(width: Int, height: Int, cell: Double, using chance: inout Chance) -> Plane {
        let columns = max(2, Int((Double(width) / cell).rounded(.up)) + 1)
        let rows = max(2, Int((Double(height) / cell).rounded(.up)) + 1)
        let grid = Plane(
            width: columns, height: rows,
            values: (0..<columns * rows).map { _ in Float.random(in: 0...1, using: &chance) })
        var output = Plane(width: width, height: height)
        let step = Float(1 / cell)
        let (dx, dy) = (Float.random(in: 0..<1, using: &chance), Float.random(in: 0..<1, using: &chance))
        for row in 0..<height {
            for column in 0..<width {
                output.values[row * width + column] = grid.sample(
                    Float(column) * step + dx, Float(row) * step + dy)
            }
        }
        return output
    }

    /// Adds independent, nearly normal noise of this standard deviation to each value.
    mutating func addNoise(deviation: Double, using chance: inout Chance) {
        let scale = Float(deviation) / 147.8
        values.withUnsafeMutableBufferPointer { values in
            for index in stride(from: 0, to: values.count, by: 2) {
                let word = chance.next()
                values[index] += Self.sumOfBytes(UInt32(truncatingIfNeeded: word)) * scale
                guard index + 1 < values.count else { return }
                values[index + 1] += Self.sumOfBytes(UInt32(truncatingIfNeeded: word >> 32)) * scale
            }
        }
    }

    /// The sum of four uniform bytes less its mean: standard deviation 147.8 (Irwin and Hall).
    @inline(__always)
    private static func sumOfBytes(_ word: UInt32) -> Float {
        let pairs = (word & 0x00FF_00FF) &+ ((word &>> 8) & 0x00FF_00FF)
        return Float(Int32(bitPattern: (pairs & 0xFFFF) &+ (pairs &>> 16)) &- 510)
    }
}
