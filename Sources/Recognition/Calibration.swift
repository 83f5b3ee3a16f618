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

    /// For each convolution after the first, what one of 255 units of its input should stand for.
    public var scales: [Float] { histograms.map { $0.commonLimit / 255 } }
}

/// Counts of positive values in steps of equal width that doubles where values lie beyond the last.
struct Histogram: Sendable {
    private static let count = 4096
    /// Sizes that a network can have; others are as good as zero or as infinite.
    private static let possible: ClosedRange<Float> = 1e-20...1e20
    private var counts = [Double](repeating: 0, count: count)
    private var limit: Float = 0

    /// Counts the values that are positive; zeros are exact in every scale.
    mutating func add(_ values: [Float]) {
        cover(values.reduce(0) { Self.possible.contains($1) ? max($0, $1) : $0 })
        guard limit > 0 else { return }
        let units = Float(Self.count) / limit
        for value in values where value >= Self.possible.lowerBound && value <= limit {
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

    /// What all positive values but one in 100,000 stay below: a stray pixel does not decide, and larger values,
    /// which say most after a ReLU, are kept; 1 where there are none.
    var commonLimit: Float {
        let wanted = 0.99999 * counts.reduce(0, +)
        var sum = 0.0
        for (step, count) in counts.enumerated() where count > 0 {
            sum += count
            if sum >= wanted { return Float(step + 1) * limit / Float(Self.count) }
        }
        return 1
    }
}
