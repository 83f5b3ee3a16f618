internal import Foundation

extension Plane {
    /// The plane under a Gaussian of standard deviation `sigma` pixels; at the border the outermost values go on.
    func blurred(_ sigma: Double) -> Plane {
        guard sigma > 0.05 else { return self }
        let taps = Self.gaussian(sigma)
        return filteredRows(taps).filteredColumns(taps)
    }

    /// The weights of a Gaussian at whole distances up to three deviations; their sum is 1.
    private static func gaussian(_ sigma: Double) -> [Float] {
        let reach = max(1, Int((3 * sigma).rounded(.up)))
        let weights = (-reach...reach).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
        let sum = weights.reduce(0, +)
        return weights.map { Float($0 / sum) }
    }

    /// Each row convolved with `taps`, whose number is odd.
    func filteredRows(_ taps: [Float]) -> Plane {
        let reach = taps.count / 2
        var output = Plane(width: width, height: height)
        var line = [Float](repeating: 0, count: width + 2 * reach)
        for row in 0..<height {
            let start = row * width
            for index in line.indices { line[index] = values[start + max(0, min(width - 1, index - reach))] }
            line.withUnsafeBufferPointer { line in
                output.values.withUnsafeMutableBufferPointer { output in
                    for (offset, weight) in taps.enumerated() {
                        for column in 0..<width { output[start &+ column] += line[column &+ offset] * weight }
                    }
                }
            }
        }
        return output
    }

    /// Each column convolved with `taps`, whose number is odd.
    func filteredColumns(_ taps: [Float]) -> Plane {
        let reach = taps.count / 2
        var output = Plane(width: width, height: height)
        values.withUnsafeBufferPointer { values in
            output.values.withUnsafeMutableBufferPointer { output in
                for row in 0..<height {
                    for (offset, weight) in taps.enumerated() {
                        let source = max(0, min(height - 1, row + offset - reach)) * width
                        for column in 0..<width {
                            output[row &* width &+ column] += values[source &+ column] * weight
                        }
                    }
                }
            }
        }
        return output
    }

    /// The plane enlarged or reduced: linear interpolation, over as many pixels as melt into one.
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

/// The weights by which one axis is resampled with a triangle.
private struct Resampling {
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

    func count(_ output: Int) -> Int { ends[output] - (output > 0 ? ends[output - 1] : 0) }

    subscript(output: Int, tap: Int) -> Float { weights[(output > 0 ? ends[output - 1] : 0) + tap] }
}
