public import Neural
public import Tensors

/// A convolution, optional batch normalization, ReLU, and optional max pooling.
public struct ConvolutionBlock: Layer {
    /// Applies the ReLU if neither normalization nor pooling follows.
    public var convolution: Convolution2D
    /// Applies the ReLU if there is normalization.
    public var normalization: BatchNormalization?
    /// Applies the ReLU if there is no normalization.
    public var pooling: MaxPooling2D?

    init(
        _ plan: CRNNConfiguration.ConvolutionPlan, on device: any Device,
        using generator: inout some RandomNumberGenerator
    ) {
        let form = plan.form
        let appliesReLU = !form.isNormalized && form.pooling == nil
        let options = ConvolutionOptions(
            padding: .pixels(plan.window.padding), activation: appliesReLU ? .relu : .identity)
        convolution = Convolution2D(
            plan.window.size, inputs: plan.inputs, outputs: form.channels, options, on: device,
            using: &generator)
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

    /// The forward pass of training, with the caches of the parts.
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

    /// The backward pass: computes the gradients of the parts from the last to the first.
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

    /// The values that the backward pass needs.
    public struct Cache: Sendable {
        let convolution: Convolution2D.Cache
        var normalization: BatchNormalization.Cache?
        var pooling: MaxPooling2D.Cache?
    }
}
