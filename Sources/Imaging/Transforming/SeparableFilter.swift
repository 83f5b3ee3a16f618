/// A linear filter along one axis: each output pixel is a weighted sum of consecutive input pixels.
///
/// Weights are fixed-point numbers with `precision` fractional bits, and sums are rounded to 8 bits, as in Pillow's
/// `Resample.c`, so that both give the same bytes.
struct SeparableFilter {
    /// The fractional bits of a weight: 32 bits, minus 8 for the pixel and 2 for overshoot.
    private static let precision: Int32 = 32 - 8 - 2

    /// The number of output pixels.
    var outputCount: Int { starts.count }

    /// The first input pixel of each output pixel.
    private(set) var starts: [Int] = []

    /// The number of input pixels of each output pixel.
    private(set) var counts: [Int] = []

    /// The weights [output pixels × `stride`]; those beyond the count of a pixel are 0.
    private var weights: [Int32] = []

    /// The number of weights stored for each output pixel.
    private let stride: Int

    /// Creates a filter from `inputCount` to `outputCount` pixels.
    ///
    /// The weight of an input pixel is `kernel` of the distance between its centre and that of the output pixel, in
    /// input pixels. `kernel` is not negative, and 0 beyond `radius`.
    @inline(__always)
    init(inputCount: Int, outputCount: Int, radius: Double, kernel: (Double) -> Double) {
        let scale = Double(inputCount) / Double(outputCount)
        stride = Int(radius.rounded(.up)) * 2 + 1
        weights = [Int32](repeating: 0, count: outputCount * stride)
        starts.reserveCapacity(outputCount)
        counts.reserveCapacity(outputCount)
        withUnsafeTemporaryAllocation(of: Double.self, capacity: stride) { values in
            for output in 0..<outputCount {
                let centre = (Double(output) + 0.5) * scale
                let start = max(0, Int(centre - radius + 0.5))
                let count = min(inputCount, Int(centre + radius + 0.5)) - start
                for tap in 0..<count { values[tap] = kernel(Double(start + tap) - centre + 0.5) }
                append(start: start, values: UnsafeBufferPointer(rebasing: values[..<count]))
            }
        }
    }

    /// Appends an output pixel with the weights `values`, scaled to a sum of 1.
    private mutating func append(start: Int, values: UnsafeBufferPointer<Double>) {
        let one = Double(Int32(1) << Self.precision)
        var sum = 0.0
        for value in values { sum += value }
        let first = starts.count * stride
        for (tap, value) in values.enumerated() { weights[first + tap] = Int32(value / sum * one + 0.5) }
        starts.append(start)
        counts.append(values.count)
    }

    /// Filters the rows of `image`.
    func appliedToRows(of image: Image) -> Image {
        let outputCount = outputCount
        return Image(width: outputCount, height: image.height) { output in
            guard let output = output.baseAddress else { return }
            withTaps { taps in
                image.pixels.withUnsafeBufferPointer { input in
                    for row in 0..<image.height {
                        guard let line = input.baseAddress?.advanced(by: row * image.width) else { return }
                        Self.filterRow(line, with: taps, into: output + row * outputCount)
                    }
                }
            }
        }
    }

    /// Filters the columns of `image`, row by row, so that the inner loop runs over contiguous memory.
    func appliedToColumns(of image: Image) -> Image {
        let width = image.width
        return Image(width: width, height: outputCount) { output in
            image.pixels.withUnsafeBufferPointer { input in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: width) { sums in
                    for row in 0..<outputCount {
                        sumRows(of: input, for: row, into: sums)
                        for column in 0..<width { output[row * width + column] = Self.rounded(sums[column]) }
                    }
                }
            }
        }
    }

    /// The starts, counts and weights of all output pixels, for access without bounds checks.
    private typealias Taps = (
        starts: UnsafeBufferPointer<Int>, counts: UnsafeBufferPointer<Int>,
        weights: UnsafeBufferPointer<Int32>, stride: Int
    )

    private func withTaps(_ body: (Taps) -> Void) {
        starts.withUnsafeBufferPointer { starts in
            counts.withUnsafeBufferPointer { counts in
                weights.withUnsafeBufferPointer { body((starts, counts, $0, stride)) }
            }
        }
    }

    private static func filterRow(
        _ input: UnsafePointer<UInt8>, with taps: Taps, into output: UnsafeMutablePointer<UInt8>
    ) {
        for index in taps.starts.indices {
            let (start, first) = (taps.starts[index], index &* taps.stride)
            var sum = half
            for tap in 0..<taps.counts[index] {
                sum &+= Int32(input[start &+ tap]) &* taps.weights[first &+ tap]
            }
            output[index] = rounded(sum)
        }
    }

    /// Sums the weighted input rows of output row `index`.
    private func sumRows(
        of input: UnsafeBufferPointer<UInt8>, for index: Int, into sums: UnsafeMutableBufferPointer<Int32>
    ) {
        sums.update(repeating: Self.half)
        for tap in 0..<counts[index] {
            let weight = weights[index * stride + tap]
            let row = (starts[index] + tap) * sums.count
            for column in sums.indices { sums[column] &+= Int32(input[row &+ column]) &* weight }
        }
    }

    private static let half: Int32 = 1 << (precision - 1)

    @inline(__always)
    private static func rounded(_ sum: Int32) -> UInt8 {
        UInt8(truncatingIfNeeded: max(0, min(255, sum &>> precision)))
    }
}
