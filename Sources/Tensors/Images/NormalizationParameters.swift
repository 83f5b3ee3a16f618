/// The trained parameters of batch normalization, and its constants.
public struct NormalizationParameters: Sendable {
    /// `[channel]`.
    public var scale: Tensor
    /// `[channel]`.
    public var shift: Tensor
    /// Added to the variance.
    public var epsilon: Float
    /// Applied to the normalized values.
    public var activation: Activation

    /// Groups the parameters.
    public init(scale: Tensor, shift: Tensor, epsilon: Float, activation: Activation) {
        self.scale = scale
        self.shift = shift
        self.epsilon = epsilon
        self.activation = activation
    }
}
