/// A histogram of positive values. The width of its bins doubles when a value lies beyond the last bin.
struct Histogram: Sendable {
    private static let count = 4096
    /// Magnitudes that occur in a network; smaller values count as zero, and larger ones as infinite.
    private static let possible: ClosedRange<Float> = 1e-20...1e20
    private var counts = [Double](repeating: 0, count: count)
    private var limit: Float = 0

    /// Adds the positive values; zeros are exact in every scale.
    mutating func add(_ values: [Float]) {
        cover(values.reduce(0) { Self.possible.contains($1) ? max($0, $1) : $0 })
        guard limit > 0 else { return }
        let bins = Float(Self.count) / limit
        for value in values where value >= Self.possible.lowerBound && value <= limit {
            counts[min(Int(value * bins), Self.count - 1)] += 1
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

    /// The limit below which all positive values lie, except one in 100,000; 1 if there are no values. A stray pixel does
    /// not decide, but large values, which matter most after a ReLU, are kept.
    var commonLimit: Float {
        let wanted = 0.99999 * counts.reduce(0, +)
        var sum = 0.0
        for (bin, count) in counts.enumerated() where count > 0 {
            sum += count
            if sum >= wanted { return Float(bin + 1) * limit / Float(Self.count) }
        }
        return 1
    }
}
