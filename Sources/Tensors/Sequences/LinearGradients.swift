/// The gradients of a linear map.
public struct LinearGradients: Sendable {
    /// Of the input's shape.
    public var input: Tensor
    /// `[input × output]`.
    public var kernel: Tensor
    /// `[output]`.
    public var bias: Tensor

    /// Groups the gradients.
    public init(input: Tensor, kernel: Tensor, bias: Tensor) {
        self.input = input
        self.kernel = kernel
        self.bias = bias
    }
}
