/// A linear filter along one axis: each output pixel is a weighted sum of consecutive input pixels.
///
/// Weights are fixed-point numbers of `precision` fractional bits and sums are rounded to 8 bits, as Pillow
/// does it (`Resample.c`), so that both give the same bytes.
struct SeparableFilter {
    /// Fractional bits of a weight: 8 bits of sample, and 2 to spare for overshoot, fit into 32 with them.
    private static let precision: Int32 = 32 - 8 - 2

    /// Output pixels.
    var outputCount: Int { starts.count }

    /// The first input pixel of each output pixel.
    private(set) var starts: [Int] = []

    /// The number of input pixels of each output pixel.
    private(set) var counts: [Int] = []

    /// Weights [output pixels × `stride`]; those beyond a pixel's count are 0.
    private var weights: [Int32] = []

    /// Weights kept for each output pixel.
    private let stride: Int

    /// A filter from `inputCount` to `outputCount` pixels. Output pixel i weighs each input pixel by `kernel`
    /// of the distance from i's centre to its own, in input pixels; `kernel` is zero from `radius` on.
    init(inputCount: Int, outputCount: Int, radius: Double, kernel: (Double) -> Double) {
        let scale = Double(inputCount) / Double(outputCount)
        stride = Int(radius.rounded(.up)) * 2 + 1
        for output in 0..<outputCount {
            let centre = (Double(output) + 0.5) * scale
            let start = max(0, Int(centre - radius + 0.5))
            let end = min(inputCount, Int(centre + radius + 0.5))
            append(start: start, values: (start..<end).map { kernel(Double($0) - centre + 0.5) })
        }
    }

    /// Adds an output pixel whose `values` are scaled to a sum of 1.
    private mutating func append(start: Int, values: [Double]) {
        let sum = values.reduce(0, +)
        let one = Double(Int32(1) << Self.precision)
        starts.append(start)
        counts.append(values.count)
        for value in values { weights.append(Int32((value / sum * one).rounded(.toNearestOrAwayFromZero))) }
        weights.append(contentsOf: repeatElement(0, count: stride - values.count))
    }

    /// Filters the rows of `image`.
    func appliedToRows(of image: Image) -> Image {
        Image(width: outputCount, height: image.height) { output in
            image.pixels.withUnsafeBufferPointer { input in
                for row in 0..<image.height {
                    filterRow(
                        UnsafeBufferPointer(rebasing: input[row * image.width..<(row + 1) * image.width]),
                        into: UnsafeMutableBufferPointer(
                            rebasing: output[row * outputCount..<(row + 1) * outputCount]))
                }
            }
        }
    }

    /// Filters the columns of `image`, a row at a time, so that the inner loop runs over neighbours in memory.
    func appliedToColumns(of image: Image) -> Image {
        let width = image.width
        return Image(width: width, height: outputCount) { output in
            image.pixels.withUnsafeBufferPointer { input in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: width) { sums in
                    for row in 0..<outputCount {
                        sumRows(of: input, width: width, for: row, into: sums)
                        for column in 0..<width { output[row * width + column] = Self.rounded(sums[column]) }
                    }
                }
            }
        }
    }

    private func filterRow(
        _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
    ) {
        weights.withUnsafeBufferPointer { weights in
            for index in 0..<outputCount {
                let (start, first) = (starts[index], index * stride)
                var sum = Self.half
                for tap in 0..<counts[index] { sum &+= Int32(input[start + tap]) &* weights[first + tap] }
                output[index] = Self.rounded(sum)
            }
        }
    }

    /// Sums the weighted input rows of output row `index`.
    private func sumRows(
        of input: UnsafeBufferPointer<UInt8>, width: Int, for index: Int,
        into sums: UnsafeMutableBufferPointer<Int32>
    ) {
        sums.update(repeating: Self.half)
        for tap in 0..<counts[index] {
            let weight = weights[index * stride + tap]
            let row = (starts[index] + tap) * width
            for column in 0..<width { sums[column] &+= Int32(input[row + column]) &* weight }
        }
    }

    private static let half: Int32 = 1 << (precision - 1)

    @inline(__always)
    private static func rounded(_ sum: Int32) -> UInt8 {
        UInt8(truncatingIfNeeded: max(0, min(255, sum &>> precision)))
    }
}
