internal import Requirements

/// A range for Euclidean norms of weights. Weights outside are rescaled by the formula of Keras' norm constraints:
///
///     w ← w · (rate · min(max(‖w‖, lower), upper) + (1 − rate) · ‖w‖) / (10⁻⁷ + ‖w‖)
public struct NormLimits: Sendable, Hashable {
    /// The smallest and the largest norm.
    public var range: ClosedRange<Float>
    /// The share of the way to the range that the weights move, from 0 to 1.
    public var rate: Float
    /// The axes that a norm sums over; each index of the other axes has a norm of its own.
    public var axes: [Int]

    /// Limits; by default, weights move all the way, and norms sum over the first axis.
    public init(_ range: ClosedRange<Float>, rate: Float = 1, axes: [Int] = [0]) {
        require(
            range.lowerBound >= 0 && 0...1 ~= rate && !axes.isEmpty,
            "norms limited to \(range) at a rate of \(rate) over axes \(axes)")
        self.range = range
        self.rate = rate
        self.axes = axes
    }
}
