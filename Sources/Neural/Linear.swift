public import Tensors

/// A linear map of the last axis with a bias.
public struct Linear: Layer {
    /// `[input × output]`.
    public var kernel: Parameter
    /// `[output]`.
    public var bias: Parameter

    /// A map with Glorot-uniform weights and zero bias.
    public init(
        inputs: Int, outputs: Int, on device: any Device, using generator: inout some RandomNumberGenerator
    ) {
        kernel = Parameter(
            Initializer.glorotUniform.tensor([inputs, outputs], on: device, using: &generator))
        bias = Parameter(Tensor(repeating: 0, shape: [outputs], on: device))
    }

    /// A map of the given weights, `[input × output]` and `[output]`.
    init(kernel: Parameter, bias: Parameter) {
        self.kernel = kernel
        self.bias = bias
    }

    /// `[… × output]`.
    public func outputShape(for input: Shape) -> Shape { input.replacingLast(with: bias.value.shape[0]) }

    /// `[… × input]` to `[… × output]`.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        input.device.linear(input, kernel: kernel.value, bias: bias.value)
    }

    /// As inference; keeps the input.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Tensor) { (self(input), input) }

    /// The input's gradient.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Tensor) -> Tensor {
        let gradients = outputGradient.device.linearBackward(
            outputGradient, input: cache, kernel: kernel.value)
        kernel.gradient = gradients.kernel
        bias.gradient = gradients.bias
        return gradients.input
    }

    /// Visits kernel and bias.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&kernel, named: "kernel")
        visitor.visit(&bias, named: "bias")
    }
}
