public import Tensors

/// `activation(x K + b)` over the last axis, after Keras' `Dense`.
public struct Dense: Layer {
    private var linear: Linear
    /// Applied to the sums.
    public let activation: Activation
    /// Whether there is a bias to learn.
    public let usesBias: Bool

    /// A layer of `units` outputs over `features` features.
    ///
    /// - Parameters:
    ///   - features: The size of the input's last axis.
    ///   - units: The size of the output's last axis.
    ///   - activation: Applied to the sums.
    ///   - usesBias: Whether there is a bias.
    ///   - kernel: First values, penalty and constraint of the kernel.
    ///   - bias: First values, penalty and constraint of the bias.
    ///   - device: Where the weights live.
    ///   - generator: Draws the weights.
    public init(
        features: Int, units: Int, activation: Activation = .identity, usesBias: Bool = true,
        kernel: ParameterRules = ParameterRules(.glorotUniform),
        bias: ParameterRules = ParameterRules(.constant(0)), on device: any Device,
        using generator: inout some RandomNumberGenerator
    ) {
        linear = Linear(
            kernel: Parameter([features, units], kernel, on: device, using: &generator),
            bias: usesBias
                ? Parameter([units], bias, on: device, using: &generator)
                : Parameter(.zeros([units], on: device)))
        self.activation = activation
        self.usesBias = usesBias
    }

    /// `[features × units]`.
    public var kernel: Parameter {
        get { linear.kernel }
        set { linear.kernel = newValue }
    }
    /// `[units]`; zero and not learnt without ``usesBias``.
    public var bias: Parameter {
        get { linear.bias }
        set { linear.bias = newValue }
    }

    /// `[… × units]`.
    public func outputShape(for input: Shape) -> Shape { linear.outputShape(for: input) }

    /// `[… × features]` to `[… × units]`.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        input.device.activation(linear(input), activation)
    }

    /// As inference; keeps input and output.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Cache) {
        let output = self(input)
        return (output, Cache(input: input, output: output))
    }

    /// The input's gradient.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Cache) -> Tensor {
        let sums = outputGradient.device.activationBackward(
            outputGradient, output: cache.output, activation)
        return linear.backward(sums, cache.input)
    }

    /// Visits the kernel and, where there is one, the bias.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&linear.kernel, named: "kernel")
        if usesBias { visitor.visit(&linear.bias, named: "bias") }
    }

    /// What the backward pass needs.
    public struct Cache: Sendable {
        let input: Tensor
        let output: Tensor
    }
}
