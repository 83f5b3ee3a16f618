/// The losses of connectionist temporal classification, and their gradient.
public struct CTCResult: Sendable {
    /// −log p(label | scores) per sample, in nats; infinite if the label does not fit the frames, NaN if one of the
    /// sample's scores in these frames is NaN.
    public var losses: [Float]
    /// The gradient of `Σ losses / divisor` for the scores before softmax, `[batch × time × classes]`; zero for a
    /// sample whose label does not fit, and in unused frames.
    public var gradient: Tensor

    /// Groups the results.
    public init(losses: [Float], gradient: Tensor) {
        self.losses = losses
        self.gradient = gradient
    }
}
