public import Neural
public import Tensors

/// A convolution, batch normalisation where wanted, ReLU, and pooling where wanted.
public struct ConvolutionBlock: Layer {
    /// Applies the ReLU itself where neither normalisation nor pooling follows.
    public var convolution: Convolution2D
    /// Applies the ReLU.
    public var normalization: BatchNormalization?
    /// Applies the ReLU where there is no normalisation.
    public var pooling: MaxPooling2D?

    init(
        _ form: CRNNConfiguration.Convolution, kernel: Extent, padding: Int, inputs: Int,
        on device: any Device,
        using generator: inout some RandomNumberGenerator
    ) {
        let appliesReLU = !form.isNormalized && form.pooling == nil
        let options = ConvolutionOptions(
            padding: .square(padding), activation: appliesReLU ? .relu : .identity)
        convolution = Convolution2D(
            kernel, inputs: inputs, outputs: form.channels, options, on: device, using: &generator)
        if form.isNormalized {
            normalization = BatchNormalization(channels: form.channels, activation: .relu, on: device)
        }
        pooling = form.pooling.map { MaxPooling2D($0.window, relu: !form.isNormalized) }
    }

    /// `[batch × height' × width' × output]`.
    public func outputShape(for input: Shape) -> Shape {
        let filtered = convolution.outputShape(for: input)
        return pooling?.outputShape(for: filtered) ?? filtered
    }

    /// `[batch × height × width × input]` to `[batch × height' × width' × output]`.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        let filtered = convolution(input)
        let normalized = normalization?(filtered) ?? filtered
        return pooling?(normalized) ?? normalized
    }

    /// As inference, with the parts' caches.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Cache) {
        var (output, convolutionCache) = convolution.forward(input)
        var cache = Cache(convolution: convolutionCache)
        if let (normalized, normalizationCache) = normalization?.forward(output) {
            output = normalized
            cache.normalization = normalizationCache
        }
        if let (pooled, poolingCache) = pooling?.forward(output) {
            output = pooled
            cache.pooling = poolingCache
        }
        return (output, cache)
    }

    /// The parts' gradients from the last to the first.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Cache) -> Tensor {
        var gradient = outputGradient
        if let pooled = cache.pooling { gradient = pooling?.backward(gradient, pooled) ?? gradient }
        if let normalized = cache.normalization {
            gradient = normalization?.backward(gradient, normalized) ?? gradient
        }
        return convolution.backward(gradient, cache.convolution)
    }

    /// Visits the parts that have parameters.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&convolution, named: "convolution")
        if var normalized = normalization {
            normalization = nil
            visitor.visit(&normalized, named: "normalization")
            normalization = normalized
        }
    }

    /// What the backward pass needs.
    public struct Cache: Sendable {
        let convolution: Convolution2D.Cache
        var normalization: BatchNormalization.Cache?
        var pooling: MaxPooling2D.Cache?
    }
}
