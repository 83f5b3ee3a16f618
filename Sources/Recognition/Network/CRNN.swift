public import Neural
public import Tensors

/// The convolutional recurrent network of Shi, Bai and Yao, "An End-to-End Trainable Neural Network for
/// Image-based Sequence Recognition" (arXiv 1507.05717).
public struct CRNN: Layer {
    /// The form of the network.
    public internal(set) var configuration: CRNNConfiguration
    /// The convolutions, from the image to one row of feature vectors.
    public var convolutions: [ConvolutionBlock]
    /// The recurrent layers, which relate each feature vector to the others.
    public var recurrence: [Bidirectional<LSTM>]
    /// The linear layer from features to scores.
    public var classifier: Dense

    /// Creates a network with random weights.
    ///
    /// - Parameters:
    ///   - configuration: The form of the network.
    ///   - classCount: The number of symbols of the alphabet, plus one for the blank.
    ///   - device: Where the weights live.
    ///   - generator: Draws the weights; the same seed gives the same weights.
    public init(
        _ configuration: CRNNConfiguration, classCount: Int, on device: any Device,
        using generator: inout some RandomNumberGenerator
    ) throws(ConfigurationError) {
        try configuration.validate()
        self.configuration = configuration
        let units = configuration.recurrentUnits
        convolutions = configuration.convolutionPlans.map {
            ConvolutionBlock($0, on: device, using: &generator)
        }
        convolutions[0].convolution.needsInputGradient = false
        var inputs = configuration.features
        recurrence = []
        for _ in 0..<configuration.recurrentLayers {
            recurrence.append(Bidirectional(features: inputs, units: units, on: device, using: &generator))
            inputs = 2 * units
        }
        classifier = Dense(features: inputs, units: classCount, on: device, using: &generator)
    }

    /// `[batch × frames × classes]`.
    public func outputShape(for images: Shape) -> Shape {
        let features = convolutions.outputShape(for: images)
        let sequence: Shape = [features[0], features[2], features[3]]
        return classifier.outputShape(for: recurrence.outputShape(for: sequence))
    }

    /// Inference: images `[batch × height × width × 1]`, from −1 (black) to 1 (white), to scores
    /// `[batch × frames × classes]`.
    public func callAsFunction(_ images: Tensor) -> Tensor {
        layers.reduce(images) { output(of: $1, $0) }
    }

    /// The forward pass of training; the cache has one part per layer.
    public mutating func forward(_ images: Tensor) -> (output: Tensor, cache: [LayerCache]) {
        var output = images
        var caches: [LayerCache] = []
        for layer in layers {
            let (next, cache) = forward(output, through: layer)
            output = next
            caches.append(cache)
        }
        return (output, caches)
    }

    /// The backward pass: computes the gradients of all parameters. The result is zero, as images have no gradient.
    ///
    /// Each layer's part of the cache is freed once it is used, if the caller keeps no copy.
    public mutating func backward(_ scoreGradient: Tensor, _ cache: consuming [LayerCache]) -> Tensor {
        var gradient = scoreGradient
        while let layer = cache.popLast() { gradient = backward(gradient, through: layer) }
        return gradient
    }

    /// Visits the three parts in order.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&convolutions, named: "convolutions")
        visitor.visit(&recurrence, named: "recurrence")
        visitor.visit(&classifier, named: "classifier")
    }
}
