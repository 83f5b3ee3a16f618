/// The gradients of a convolution.
public struct ConvolutionGradients: Sendable {
    /// For the input image; nil where it was not asked for.
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

/// What batch normalisation learns, and its constants.
public struct NormalizationParameters: Sendable {
    /// `[channel]`.
    public var scale: Tensor
    /// `[channel]`.
    public var shift: Tensor
    /// Added to the variance.
    public var epsilon: Float
    /// Applied to the normalised values.
    public var activation: Activation

    /// Groups the parameters.
    public init(scale: Tensor, shift: Tensor, epsilon: Float, activation: Activation) {
        self.scale = scale
        self.shift = shift
        self.epsilon = epsilon
        self.activation = activation
    }
}

/// A batch normalised by its own statistics.
public struct NormalizedBatch: Sendable {
    /// Of the input's shape.
    public var output: Tensor
    /// `[channel]`.
    public var mean: Tensor
    /// `[channel]`, biased: divided by the count of values per channel.
    public var variance: Tensor

    /// Groups the results.
    public init(output: Tensor, mean: Tensor, variance: Tensor) {
        self.output = output
        self.mean = mean
        self.variance = variance
    }
}

/// The gradients of batch normalisation.
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

/// The loss and gradient of connectionist temporal classification.
public struct CTCResult: Sendable {
    /// −log p(label | scores) per sample, in nats; infinite where the label cannot fit the frames, not a number
    /// where one of the sample's scores in these frames is none.
    public var losses: [Float]
    /// Of `Σ losses / divisor` for the scores before softmax, `[batch × time × classes]`; zero for a sample
    /// whose label cannot fit, and in frames that are not read.
    public var gradient: Tensor

    /// Groups the results.
    public init(losses: [Float], gradient: Tensor) {
        self.losses = losses
        self.gradient = gradient
    }
}
