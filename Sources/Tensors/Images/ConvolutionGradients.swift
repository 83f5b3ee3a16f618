/// The gradients of a convolution.
public struct ConvolutionGradients: Sendable {
    /// For the input image; nil unless it was asked for.
    public var input: Tensor?
    /// `[height × width × input × output]`.
    public var kernel: Tensor
    /// `[output]`.
    public var bias: Tensor

    /// Groups the gradients.
    public init(input: Tensor?, kernel: Tensor, bias: Tensor) {
        self.input = input
        self.kernel = kernel
        self.bias = bias
    }
}
