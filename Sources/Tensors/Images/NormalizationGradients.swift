/// The gradients of batch normalization.
public struct NormalizationGradients: Sendable {
    /// Of the input's shape.
    public var input: Tensor
    /// `[channel]`.
    public var scale: Tensor
    /// `[channel]`.
    public var shift: Tensor

    /// Groups the gradients.
    public init(input: Tensor, scale: Tensor, shift: Tensor) {
        self.input = input
        self.scale = scale
        self.shift = shift
    }
}
