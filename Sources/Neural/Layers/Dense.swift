public import Tensors

/// `activation(x K + b)` over the last axis, after Keras' `Dense`.
public struct Dense: Layer {
    /// `[features × units]`.
    public var kernel: Parameter
    /// `[units]`; zero and not trained without ``usesBias``.
    public var bias: Parameter
    /// Applied to the sums.
    public let activation: Activation
    /// Whether a bias is trained.
    public let usesBias: Bool

    /// A layer of `units` outputs over `features` features.
    ///
    /// - Parameters:
    ///   - features: The size of the input's last axis.
    ///   - units: The size of the output's last axis.
    ///   - activation: Applied to the sums.
    ///   - usesBias: Whether there is a bias.
    ///   - kernel: Initializer, regularizer and constraint of the kernel.
    ///   - bias: Initializer, regularizer and constraint of the bias.
    ///   - device: Where the weights live.
    ///   - generator: Draws the weights.
    public init(
        features: Int, units: Int, activation: Activation = .identity, usesBias: Bool = true,
        kernel: ParameterRules = ParameterRules(.glorotUniform),
        bias: ParameterRules = ParameterRules(.constant(0)), on device: any Device,
        using generator: inout some RandomNumberGenerator
    ) {
        self.kernel = Parameter([features, units], kernel, on: device, using: &generator)
        self.bias =
            usesBias
            ? Parameter([units], bias, on: device, using: &generator)
            : Parameter(.zeros([units], on: device))
        self.activation = activation
        self.usesBias = usesBias
    }

    /// `[… × units]`.
    public func outputShape(for input: Shape) -> Shape { input.replacingLast(with: bias.value.shape[0]) }

    /// `[… × features]` to `[… × units]`.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        input.device.linear(input, kernel: kernel.value, bias: bias.value).activated(activation)
    }

    /// As inference; caches the input and, if the activation's gradient needs it, the output.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Cache) {
        let output = self(input)
        return (output, Cache(input: input, output: activation == .identity ? nil : output))
    }

    /// The gradient for the input.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Cache) -> Tensor {
        let sums = cache.output.map { outputGradient.backward(through: activation, output: $0) }
        let gradients = outputGradient.device.linearBackward(
            sums ?? outputGradient, input: cache.input, kernel: kernel.value)
        kernel.gradient = gradients.kernel
        bias.gradient = gradients.bias
        return gradients.input
    }

    /// Visits the kernel and, if there is one, the bias.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&kernel, named: "kernel")
        if usesBias { visitor.visit(&bias, named: "bias") }
    }

    /// The values that the backward pass needs.
    public struct Cache: Sendable {
        let input: Tensor
        /// Nil without an activation.
        let output: Tensor?
    }
}
