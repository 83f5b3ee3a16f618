import Recognition
import Tensors

/// The weights, images and labels of `scripts/golden/formulas.py`, repeated bit for bit.
enum GoldenFormulas {
    /// Symbols and the blank, class 0.
    static let classCount = 37

    /// The 32-bit hash of an element's index and its parameter's index.
    static func hash(_ element: Int, _ parameter: Int) -> UInt32 {
        var x = UInt32(truncatingIfNeeded: element) &* 2_654_435_761
        x &+= UInt32(truncatingIfNeeded: parameter) &* 40503 &+ 12345
        for _ in 0..<2 { x = (x ^ x >> 16) &* 0x45d_9f3b }
        return x ^ x >> 16
    }

    /// The values of the parameter `name`, the `index`-th by name of all parameters and statistics.
    static func values(of name: String, index: Int, shape: Shape) -> [Float] {
        let (offset, factor, folds) = scale(of: name, shape: shape)
        var values = [Float](repeating: 0, count: shape.count)
        for element in 0..<shape.count {
            let u = Double(hash(element, index)) / 0x1p32 * 2 - 1
            values[element] = Float(offset + (folds ? abs(u) : u) * factor)
        }
        return values
    }

    /// What a parameter's values `offset + u · factor` are made of, and whether u loses its sign.
    private static func scale(
        of name: String, shape: Shape
    ) -> (offset: Double, factor: Double, folds: Bool) {
        switch name.split(separator: ".").last {
        case "kernel" where name.hasPrefix("recurrence"), "recurrentKernel":
            (0, 1 / Double(shape.last / 4).squareRoot(), false)
        case "kernel":
            (0, (6 / Double(shape.rows)).squareRoot() * (name.hasPrefix("classifier") ? 8 : 1), false)
        case "scale": (1, 0.2, false)
        case "shift": (0, 0.2, false)
        case "variance": (1, 0.5, true)
        default: (0, 0.1, false)
        }
    }

    /// Grey bytes `[32 × width]`: three crossing triangle waves and a little grain.
    static func picture(_ sample: Int, width: Int) -> [UInt8] {
        let seeds = (0..<3).map { Int(hash($0, 1000 + sample) % 256) }
        var pixels: [UInt8] = []
        for y in 0..<32 {
            for x in 0..<width {
                let first = triangle((23 + sample) * x + 9 * y + seeds[0])
                let second = triangle(11 * x - (31 + 2 * sample) * y + seeds[1] + 65536)
                let third = triangle(47 * x + 53 * y + seeds[2])
                let grain = Int(hash(y * width + x, 2000 + sample) % 16)
                pixels.append(UInt8(min((2 * first + second + third) / 4 * 15 / 16 + grain, 255)))
            }
        }
        return pixels
    }

    private static func triangle(_ phase: Int) -> Int { abs(phase % 512 - 256) }

    /// Classes 1…36, at most half as many as frames, about a third of them repeated; some labels are empty.
    static func label(_ sample: Int, frames: Int) -> [Int] {
        guard sample % 8 != 3 else { return [] }
        var classes: [Int] = []
        for position in 0..<(1 + Int(hash(sample, 3000)) % (frames / 2)) {
            let value = Int(hash(position, 3001 + sample))
            if let last = classes.last, value % 3 == 0 {
                classes.append(last)
            } else {
                classes.append(1 + value / 3 % 36)
            }
        }
        return classes
    }

    /// The indices of at most `limit` of `count` elements, at an even stride made odd to visit every channel.
    static func sample(_ limit: Int, of count: Int) -> StrideTo<Int> {
        let samples = min(limit, count)
        let stride = count / samples
        let odd = stride % 2 == 0 ? stride - 1 : stride
        return Swift.stride(from: 0, to: samples * odd, by: odd)
    }
}
