public import Tensors

/// A long short-term memory that reads a sequence in one direction and returns all its outputs.
///
/// Weights have Keras' shapes and gate order: input, forget, candidate, output.
public struct LSTM: Layer {
    /// `[features × 4·units]`.
    public var kernel: Parameter
    /// `[units × 4·units]`.
    public var recurrentKernel: Parameter
    /// `[4·units]`.
    public var bias: Parameter
    /// The order in which time is read.
    public let direction: ScanDirection

    /// An LSTM with Keras' initialisers: Glorot uniform, orthogonal, unit forget bias.
    public init(
        features: Int, units: Int, direction: ScanDirection = .forward, on device: any Device,
        using generator: inout some RandomNumberGenerator
    ) {
        kernel = Parameter(
            Initializer.glorotUniform.tensor([features, 4 * units], on: device, using: &generator))
        recurrentKernel = Parameter(
            Initializer.orthogonal.tensor([units, 4 * units], on: device, using: &generator))
        bias = Parameter(Initializer.unitForget.tensor([4 * units], on: device, using: &generator))
        self.direction = direction
    }

    private var weights: LSTMWeights {
        LSTMWeights(kernel: kernel.value, recurrentKernel: recurrentKernel.value, bias: bias.value)
    }

    /// `[batch × time × features]` to `[batch × time × units]`, from zero states.
    public func callAsFunction(_ input: Tensor) -> Tensor { input.device.lstm(input, weights, direction) }

    /// As inference; keeps input, output and the device's workspace.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Cache) {
        let (output, workspace) = input.device.lstmForward(input, weights, direction)
        return (output, Cache(input: input, output: output, workspace: workspace))
    }

    /// The input's gradient, through all of time.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Cache) -> Tensor {
        let gradients = outputGradient.device.lstmBackward(
            outputGradient, input: cache.input, output: cache.output, weights, direction, cache.workspace)
        kernel.gradient = gradients.weights.kernel
        recurrentKernel.gradient = gradients.weights.recurrentKernel
        bias.gradient = gradients.weights.bias
        return gradients.input
    }

    /// Visits kernel, recurrent kernel and bias.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&kernel, named: "kernel")
        visitor.visit(&recurrentKernel, named: "recurrentKernel")
        visitor.visit(&bias, named: "bias")
    }

    /// What the backward pass needs.
    public struct Cache: Sendable {
        let input: Tensor
        let output: Tensor
        let workspace: Workspace
    }
}
