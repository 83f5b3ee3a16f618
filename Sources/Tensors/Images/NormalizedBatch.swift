/// A batch normalized by its own statistics.
public struct NormalizedBatch: Sendable {
    /// Of the input's shape.
    public var output: Tensor
    /// `[channel]`.
    public var mean: Tensor
    /// `[channel]`, biased: divided by the count of values per channel.
    public var variance: Tensor

    /// Groups the results.
    public init(output: Tensor, mean: Tensor, variance: Tensor) {
        self.output = output
        self.mean = mean
        self.variance = variance
    }
}
