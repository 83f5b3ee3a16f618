public import Neural
public import Tensors

/// The convolutional recurrent network of Shi, Bai and Yao, "An End-to-End Trainable Neural Network for
/// Image-based Sequence Recognition" (arXiv 1507.05717).
public struct CRNN: Layer {
    /// The network's form.
    public internal(set) var configuration: CRNNConfiguration
    /// From the image to one row of feature vectors.
    public var convolutions: [ConvolutionBlock]
    /// From features to features that know their neighbours.
    public var recurrence: [Bidirectional<LSTM>]
    /// From features to scores.
    public var classifier: Linear

    /// A network with fresh weights.
    ///
    /// - Parameters:
    ///   - configuration: The form.
    ///   - classes: Symbols of the alphabet, and the blank.
    ///   - device: Where weights live.
    ///   - generator: Draws the weights; the same seed gives the same weights.
    public init(
        _ configuration: CRNNConfiguration, classes: Int, on device: any Device,
        using generator: inout some RandomNumberGenerator
    ) throws(ConfigurationError) {
        try configuration.validate()
        self.configuration = configuration
        let units = configuration.recurrentUnits
        convolutions = []
        var inputs = 1
        for (index, form) in configuration.convolutions.enumerated() {
            let isLast = index == configuration.convolutions.count - 1
            convolutions.append(
                ConvolutionBlock(
                    form, kernel: isLast ? Extent(height: configuration.lastHeight, width: 2) : .square(3),
                    padding: isLast ? 0 : 1, inputs: inputs, on: device, using: &generator))
            inputs = form.channels
        }
        convolutions[0].convolution.needsInputGradient = false
        recurrence = []
        for _ in 0..<configuration.recurrentLayers {
            recurrence.append(Bidirectional(features: inputs, units: units, on: device, using: &generator))
            inputs = 2 * units
        }
        classifier = Linear(inputs: inputs, outputs: classes, on: device, using: &generator)
    }

    /// `[batch × frames × classes]`.
    public func outputShape(for images: Shape) -> Shape {
        let features = convolutions.outputShape(for: images)
        let sequence: Shape = [features[0], features[2], features[3]]
        return classifier.outputShape(for: recurrence.outputShape(for: sequence))
    }

    /// `[batch × height × width × 1]`, from −1 (black) to 1 (white), to scores `[batch × frames × classes]`.
    public func callAsFunction(_ images: Tensor) -> Tensor {
        classifier(recurrence(sequence(convolutions(images))))
    }

    /// As inference, with the parts' caches.
    public mutating func forward(_ images: Tensor) -> (output: Tensor, cache: Cache) {
        let (features, convolutionCaches) = convolutions.forward(images)
        let (contexts, recurrenceCaches) = recurrence.forward(sequence(features))
        let (scores, classifierCache) = classifier.forward(contexts)
        let cache = Cache(
            featureShape: features.shape, convolutions: convolutionCaches, recurrence: recurrenceCaches,
            classifier: classifierCache)
        return (scores, cache)
    }

    /// Leaves gradients in all parameters; images have none, so the result is zero.
    public mutating func backward(_ scoreGradient: Tensor, _ cache: consuming Cache) -> Tensor {
        let contexts = classifier.backward(scoreGradient, cache.classifier)
        let features = recurrence.backward(contexts, cache.recurrence)
        let image = features.device.reshaped(features, to: cache.featureShape)
        return convolutions.backward(image, cache.convolutions)
    }

    /// One row of pixels `[batch × 1 × frames × channels]` as a sequence `[batch × frames × channels]`.
    func sequence(_ features: Tensor) -> Tensor {
        let shape = features.shape
        return features.device.reshaped(features, to: [shape[0], shape[2], shape[3]])
    }

    /// Visits the three parts in order.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&convolutions, named: "convolutions")
        visitor.visit(&recurrence, named: "recurrence")
        visitor.visit(&classifier, named: "classifier")
    }

    /// What the backward pass needs.
    public struct Cache: Sendable {
        let featureShape: Shape
        let convolutions: [ConvolutionBlock.Cache]
        let recurrence: [Bidirectional<LSTM>.Cache]
        let classifier: Tensor
    }
}
