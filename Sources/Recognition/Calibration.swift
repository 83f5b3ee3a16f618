public import Tensors

/// How large the inputs of a network's convolutions are, seen on images: what whole numbers of 8 bits have to cover.
public struct Calibration: Sendable {
    private let model: CRNN
    /// Of the inputs of each convolution after the first.
    private var histograms: [Histogram]

    /// Nothing seen yet; the network's batch normalisation counts as folded.
    public init(of model: CRNN) {
        self.model = model.foldedForInference().dequantized()
        histograms = model.convolutions.dropFirst().map { _ in Histogram() }
    }

    /// Sees a batch of prepared images `[batch × height × width × 1]`.
    public mutating func observe(_ images: Tensor) {
        var values = images
        for (index, block) in model.convolutions.dropLast().enumerated() {
            values = block(values)
            histograms[index].add(values.scalars)
        }
    }

    /// For each convolution after the first, what one of 255 units of its input should stand for: the scale of least
    /// squared error.
    public var scales: [Float] { histograms.map { $0.bestLimit / 255 } }
}

/// Counts of positive values in steps of equal width that doubles where values lie beyond the last.
struct Histogram: Sendable {
    private static let count = 4096
    private var counts = [Double](repeating: 0, count: count)
    private var limit: Float = 0

    /// Counts the values that are positive and finite; zeros are exact in every scale.
    mutating func add(_ values: [Float]) {
        cover(values.reduce(0) { $1.isFinite ? max($0, $1) : $0 })
        guard limit > 0 else { return }
        let units = Float(Self.count) / limit
        for value in values where value > 0 && value <= limit {
            counts[min(Int(value * units), Self.count - 1)] += 1
        }
    }

    private mutating func cover(_ greatest: Float) {
        if limit == 0 { limit = greatest }
        while limit < greatest {
            let pairs = stride(from: 0, to: Self.count, by: 2).map { counts[$0] + counts[$0 + 1] }
            counts = pairs + [Double](repeating: 0, count: Self.count / 2)
            limit *= 2
        }
    }

    /// The limit whose 255 units make the least squared error together: rounding below it, cutting off above.
    var bestLimit: Float {
        guard limit > 0 else { return 1 }
        let width = Double(limit) / Double(Self.count)
        let candidates = stride(from: 64, through: Self.count, by: 16)
        let best = candidates.min { error(cuttingAt: $0, width) < error(cuttingAt: $1, width) }
        return Float(Double(best ?? Self.count) * width)
    }

    /// The sum of squared errors where values are cut off after `steps` steps of the given width.
    private func error(cuttingAt steps: Int, _ width: Double) -> Double {
        let (limit, unit) = (Double(steps) * width, Double(steps) * width / 255)
        let rounding = counts.prefix(steps).reduce(0, +) * unit * unit / 12
        return counts.indices.dropFirst(steps).reduce(rounding) { sum, step in
            let excess = (Double(step) + 0.5) * width - limit
            return sum + counts[step] * excess * excess
        }
    }
}
