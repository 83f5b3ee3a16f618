public import Neural
public import Tensors

extension CRNN {
    /// A layer, by its place in the network.
    public enum LayerID: Sendable, Hashable, CustomStringConvertible {
        /// A convolution with normalization, activation and pooling, from 0.
        case convolution(Int)
        /// A recurrent layer, from 0.
        case recurrence(Int)
        /// The linear layer from features to scores.
        case classifier

        /// The prefix of the names of the layer's parameters: `convolutions.0`.
        public var description: String {
            switch self {
            case .convolution(let index): "convolutions.\(index)"
            case .recurrence(let index): "recurrence.\(index)"
            case .classifier: "classifier"
            }
        }
    }

    /// All layers from the image to the scores. Inference, training and diagnosis loop over them. A new kind of layer also
    /// needs a place in `init`, `outputShape`, `visitParameters` and `CRNNConfiguration.parameterCount`.
    public var layers: [LayerID] {
        convolutions.indices.map(LayerID.convolution) + recurrence.indices.map(LayerID.recurrence)
            + [.classifier]
    }

    /// The output of one layer in inference, for the output of the layer before it.
    public func output(of layer: LayerID, _ input: Tensor) -> Tensor {
        switch layer {
        case .convolution(let index): convolutions[index](input)
        case .recurrence(let index): recurrence[index](index == 0 ? Self.sequence(input) : input)
        case .classifier: classifier(input)
        }
    }

    /// The forward pass of one layer in training, for the output of the layer before it.
    public mutating func forward(
        _ input: Tensor, through layer: LayerID
    ) -> (output: Tensor, cache: LayerCache) {
        switch layer {
        case .convolution(let index):
            let (output, cache) = convolutions[index].forward(input)
            return (output, .convolution(index, cache))
        case .recurrence(let index):
            let (output, cache) = recurrence[index].forward(index == 0 ? Self.sequence(input) : input)
            return (output, .recurrence(index, cache))
        case .classifier:
            let (output, cache) = classifier.forward(input)
            return (output, .classifier(cache))
        }
    }

    /// The backward pass of the layer that filled the cache: the gradient for its input.
    public mutating func backward(
        _ outputGradient: Tensor, through cache: consuming LayerCache
    ) -> Tensor {
        switch consume cache {
        case .convolution(let index, let cache): return convolutions[index].backward(outputGradient, cache)
        case .recurrence(let index, let cache):
            let gradient = recurrence[index].backward(outputGradient, cache)
            return index == 0 ? Self.row(gradient) : gradient
        case .classifier(let cache): return classifier.backward(outputGradient, cache)
        }
    }

    /// The values that the backward pass of one layer needs.
    public enum LayerCache: Sendable {
        /// The cache of a convolution, after its index.
        case convolution(Int, ConvolutionBlock.Cache)
        /// The cache of a recurrent layer, after its index.
        case recurrence(Int, Bidirectional<LSTM>.Cache)
        /// The cache of the classifier.
        case classifier(Dense.Cache)

        /// The layer that filled the cache.
        public var layer: LayerID {
            switch self {
            case .convolution(let index, _): .convolution(index)
            case .recurrence(let index, _): .recurrence(index)
            case .classifier: .classifier
            }
        }
    }

    /// One row of feature vectors `[batch × 1 × frames × channels]` as a sequence `[batch × frames × channels]`.
    private static func sequence(_ row: Tensor) -> Tensor {
        row.reshaped(to: [row.shape[0], row.shape[2], row.shape[3]])
    }

    /// A sequence `[batch × frames × channels]` as one row `[batch × 1 × frames × channels]`.
    private static func row(_ sequence: Tensor) -> Tensor {
        sequence.reshaped(to: [sequence.shape[0], 1, sequence.shape[1], sequence.shape[2]])
    }
}
