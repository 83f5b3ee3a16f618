internal import Requirements
public import Tensors

/// A convolution over images with a bias and an optional activation.
public struct Convolution2D: Layer {
    /// `[height × width × input × output]`.
    public var kernel: Parameter
    /// `[output]`.
    public var bias: Parameter
    /// Strides, padding, activation.
    public var options: ConvolutionOptions
    /// The int8 weights for inference; nil in a convolution of floats. If set, `kernel` holds the same int8 weights and
    /// cannot be trained.
    public internal(set) var quantized: QuantizedKernel?
    /// Whether `backward` computes the gradient for the input; unnecessary in the first layer of a network.
    public var needsInputGradient = true

    /// A convolution with He-normal weights and zero bias.
    ///
    /// - Parameters:
    ///   - size: The height and width of the kernel.
    ///   - inputs: Channels of the input.
    ///   - outputs: Channels of the output.
    ///   - options: Strides, padding, activation.
    ///   - device: Where the weights live.
    ///   - generator: Draws the weights.
    public init(
        _ size: Extent, inputs: Int, outputs: Int, _ options: ConvolutionOptions, on device: any Device,
        using generator: inout some RandomNumberGenerator
    ) {
        let shape: Shape = [size.height, size.width, inputs, outputs]
        kernel = Parameter(Initializer.heNormal.tensor(shape, on: device, using: &generator))
        bias = Parameter(.zeros([outputs], on: device))
        self.options = options
    }

    /// `[batch × height' × width' × output]`.
    public func outputShape(for input: Shape) -> Shape {
        options.outputShape(of: input, kernel: kernel.value.shape)
    }

    /// `[batch × height × width × input]` to `[batch × height' × width' × output]`.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        if let quantized { return input.device.quantizedConvolution(input, quantized, options) }
        return input.device.convolution(input, kernel: kernel.value, bias: bias.value, options)
    }

    /// As inference; caches the input and, if the activation's gradient needs it, the output.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Cache) {
        require(
            quantized == nil,
            "a quantized convolution cannot be trained; train the float convolution that it was quantized from"
        )
        let output = input.device.convolutionForward(input, kernel: kernel.value, bias: bias.value, options)
        return (output, Cache(input: input, output: options.activation == .identity ? nil : output))
    }

    /// The gradient for the input; zeros if `needsInputGradient` is false.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Cache) -> Tensor {
        let gradients = outputGradient.device.convolutionBackward(
            outputGradient, input: cache.input, kernel: kernel.value, output: cache.output ?? outputGradient,
            options, needsInput: needsInputGradient)
        kernel.gradient = gradients.kernel
        bias.gradient = gradients.bias
        return gradients.input ?? cache.input.zeros
    }

    /// Visits kernel and bias.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&kernel, named: "kernel")
        visitor.visit(&bias, named: "bias")
    }

    /// The values that the backward pass needs.
    public struct Cache: Sendable {
        let input: Tensor
        let output: Tensor?
    }
}
