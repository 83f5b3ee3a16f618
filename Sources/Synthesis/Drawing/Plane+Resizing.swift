extension Plane {
    /// The plane resized with a triangle filter, which widens when the plane is reduced so that nothing aliases.
    func resized(width newWidth: Int, height newHeight: Int) -> Plane {
        guard newWidth != width || newHeight != height else { return self }
        let columns = Resampling(from: width, to: newWidth)
        let rows = Resampling(from: height, to: newHeight)
        var narrow = Plane(width: newWidth, height: height)
        for row in 0..<height {
            for column in 0..<newWidth {
                var sum: Float = 0
                for tap in 0..<columns.count(column) {
                    sum += values[row * width + columns.starts[column] + tap] * columns[column, tap]
                }
                narrow.values[row * newWidth + column] = sum
            }
        }
        var output = Plane(width: newWidth, height: newHeight)
        for row in 0..<newHeight {
            for tap in 0..<rows.count(row) {
                let (source, weight) = ((rows.starts[row] + tap) * newWidth, rows[row, tap])
                for column in 0..<newWidth {
                    output.values[row * newWidth + column] += narrow.values[source + column] * weight
                }
            }
        }
        return output
    }
}

/// The triangle filter that resamples one axis: the input range and its weights for each output index.
private struct Resampling {
    /// The first input that contributes to each output.
    private(set) var starts: [Int] = []
    private var ends: [Int] = []
    private var weights: [Float] = []

    init(from inputCount: Int, to outputCount: Int) {
        let scale = Double(inputCount) / Double(outputCount)
        let radius = max(1, scale)
        for output in 0..<outputCount {
            let centre = (Double(output) + 0.5) * scale - 0.5
            let first = max(0, Int((centre - radius).rounded(.up)))
            let last = min(inputCount - 1, Int((centre + radius).rounded(.down)))
            let raw = (first...last).map { max(1e-6, 1 - abs(Double($0) - centre) / radius) }
            let sum = raw.reduce(0, +)
            starts.append(first)
            weights += raw.map { Float($0 / sum) }
            ends.append(weights.count)
        }
    }

    /// The number of inputs that contribute to `output`.
    func count(_ output: Int) -> Int { ends[output] - (output > 0 ? ends[output - 1] : 0) }

    /// The weight of input `starts[output] + tap` in `output`.
    subscript(output: Int, tap: Int) -> Float { weights[(output > 0 ? ends[output - 1] : 0) + tap] }
}
