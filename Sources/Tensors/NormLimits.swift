/// The range that Euclidean norms of weights are held to, as Keras' norm constraints do it:
///
///     w ← w · (rate · min(max(‖w‖, lower), upper) + (1 − rate) · ‖w‖) / (10⁻⁷ + ‖w‖)
public struct NormLimits: Sendable, Hashable {
    /// The smallest and the largest norm.
    public var range: ClosedRange<Float>
    /// How far weights move towards the range, from 0 to 1.
    public var rate: Float
    /// The axes that a norm runs over; there is one norm for each place of the others.
    public var axes: [Int]

    /// Limits; weights go all the way, and norms run over the first axis, unless told otherwise.
    public init(_ range: ClosedRange<Float>, rate: Float = 1, axes: [Int] = [0]) {
        precondition(
            range.lowerBound >= 0 && 0...1 ~= rate && !axes.isEmpty,
            "norms held to \(range) at a rate of \(rate) over axes \(axes)")
        self.range = range
        self.rate = rate
        self.axes = axes
    }
}
