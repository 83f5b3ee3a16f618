import Foundation

extension Plane {
    /// The plane under Gaussian blur of standard deviation `sigma` pixels; border values are repeated outside.
    func blurred(_ sigma: Double) -> Plane {
        guard sigma > 0.05 else { return self }
        let taps = Self.gaussian(sigma)
        return filteredRows(taps).filteredColumns(taps)
    }

    /// A Gaussian kernel truncated at three standard deviations; its weights sum to 1.
    private static func gaussian(_ sigma: Double) -> [Float] {
        let reach = max(1, Int((3 * sigma).rounded(.up)))
        let weights = (-reach...reach).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
        let sum = weights.reduce(0, +)
        return weights.map { Float($0 / sum) }
    }

    /// Each row convolved with `taps`, an odd number of weights.
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

    /// Each column convolved with `taps`, an odd number of weights.
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
}
