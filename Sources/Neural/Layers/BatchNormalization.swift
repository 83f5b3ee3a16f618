public import Tensors

/// Batch normalization per channel (Ioffe and Szegedy, arXiv 1502.03167) with an optional ReLU.
///
/// Training normalizes by the batch's own statistics and updates a running mean and a running unbiased variance;
/// inference uses the running statistics.
public struct BatchNormalization: Layer {
    /// `[channel]`, initially 1.
    public var scale: Parameter
    /// `[channel]`, initially 0.
    public var shift: Parameter
    /// `[channel]`, the running mean.
    public var mean: Tensor
    /// `[channel]`, the running unbiased variance.
    public var variance: Tensor
    /// The weight of a new batch in the running statistics.
    public let momentum: Float
    /// Added to variances.
    public let epsilon: Float
    /// Applied to the normalized values.
    public let activation: Activation

    /// Normalizes `channels` channels.
    public init(
        channels: Int, momentum: Float = 0.1, epsilon: Float = 1e-5, activation: Activation = .identity,
        on device: any Device
    ) {
        scale = Parameter(Tensor(repeating: 1, shape: [channels], on: device))
        shift = Parameter(.zeros([channels], on: device))
        mean = .zeros([channels], on: device)
        variance = Tensor(repeating: 1, shape: [channels], on: device)
        self.momentum = momentum
        self.epsilon = epsilon
        self.activation = activation
    }

    private var parameters: NormalizationParameters {
        NormalizationParameters(
            scale: scale.value, shift: shift.value, epsilon: epsilon, activation: activation)
    }

    /// The shape of the input.
    public func outputShape(for input: Shape) -> Shape { input }

    /// Normalizes by the running statistics.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        input.device.batchNormalization(input, mean: mean, variance: variance, parameters)
    }

    /// Normalizes by the batch's statistics and updates the running ones.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Cache) {
        let batch = input.device.batchNormalizationForward(input, parameters)
        let count = Float(input.shape.rows)
        let besselCorrection = count > 1 ? count / (count - 1) : 1
        input.device.blend(&mean, with: batch.mean, amount: momentum)
        input.device.blend(&variance, with: batch.variance, scale: besselCorrection, amount: momentum)
        return (batch.output, Cache(input: input, batch: batch))
    }

    /// The gradient for the input.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Cache) -> Tensor {
        let gradients = outputGradient.device.batchNormalizationBackward(
            outputGradient, input: cache.input, batch: cache.batch, parameters)
        scale.gradient = gradients.scale
        shift.gradient = gradients.shift
        return gradients.input
    }

    /// Visits scale, shift and the running statistics.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&scale, named: "scale")
        visitor.visit(&shift, named: "shift")
        visitor.visit(statistic: &mean, named: "mean")
        visitor.visit(statistic: &variance, named: "variance")
    }

    /// The values that the backward pass needs.
    public struct Cache: Sendable {
        let input: Tensor
        let batch: NormalizedBatch
    }
}
