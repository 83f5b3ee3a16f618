internal import Requirements
public import Tensors

/// Long short-term memory over images (Shi et al., arXiv 1506.04214), after Keras' `ConvLSTM2DCell`: ``LSTMCell`` with
/// convolutions instead of products. Gates are ordered input, forget, candidate, output:
///
///     [i f g o] = x ∗ K + b + h ∗ R,  c ← σ(f) c + σ(i) tanh(g),  h ← σ(o) tanh(c)
///
/// The input's convolution takes strides, padding and dilation from its options; the state's convolution pads to the
/// same size, without strides or dilation. Images are `[batch × height × width × channels]`, states and output
/// `[batch × height' × width' × filters]`. Dropout always has a mask of its own for each gate.
public struct ConvLSTM2DCell: GatedCell {
    /// The values that the backward pass needs.
    public typealias Cache = LSTMCell.Cache

    /// Kernel `[height × width × channels × 4·filters]`, recurrent kernel `[height × width × filters × 4·filters]`
    /// and bias `[4·filters]`.
    public var weights: CellWeights
    /// Strides, padding and dilation of the input's convolution.
    public let options: ConvolutionOptions

    /// A cell of `filters` filters over images of `channels` channels.
    ///
    /// - Parameters:
    ///   - size: The height and width of both kernels.
    ///   - channels: Channels of the input.
    ///   - filters: Channels of the output.
    ///   - options: Strides, padding and dilation of the input's convolution; no activation.
    ///   - configuration: Activations, initializers, dropout.
    ///   - unitForgetBias: Whether the forget gates' bias starts at 1.
    ///   - device: Where the weights live.
    ///   - generator: Draws the weights.
    public init(
        _ size: Extent, channels: Int, filters: Int, _ options: ConvolutionOptions = ConvolutionOptions(),
        _ configuration: CellConfiguration = CellConfiguration(), unitForgetBias: Bool = true,
        on device: any Device, using generator: inout some RandomNumberGenerator
    ) {
        require(
            options.activation == .identity,
            "activation \(options.activation) of the input's convolution, which has to be the identity")
        var configuration = configuration
        configuration.dropout.masksEachGate = true
        weights = CellWeights(
            CellShapes(size, channels: channels, filters: filters, gates: 4), gates: 4, configuration,
            inputMap: .convolution(options), stateMap: .convolution(ConvolutionOptions(padding: .same)),
            on: device, using: &generator)
        if unitForgetBias { weights.openForgetGates() }
        self.options = options
    }

    /// The channels of the output and of each state.
    public var filters: Int { weights.units }
    /// The output h and the cell c.
    public var stateSize: [Int] { [filters, filters] }

    /// `[batch × height' × width' × filters]`, twice.
    public func stateShapes(for input: Shape) -> [Shape] {
        [outputShape(for: input), outputShape(for: input)]
    }

    /// `[batch × height' × width' × filters]`.
    public func outputShape(for input: Shape) -> Shape {
        options.outputShape(of: input, kernel: kernel.value.shape).replacingLast(with: filters)
    }

    /// One step of inference.
    public func callAsFunction(_ input: CellInput) -> CellOutput {
        weights.lstmGates(input, DropoutMasks()).result
    }

    /// As inference, with dropout; caches the gates.
    public mutating func forward(_ input: CellInput) -> (output: CellOutput, cache: Cache) {
        weights.lstmForward(input)
    }

    /// The chain rule.
    public mutating func backward(_ gradient: CellOutput, _ cache: consuming Cache) -> CellInput {
        weights.lstmBackward(gradient, cache)
    }
}

/// Long short-term memory over image sequences `[batch × time × height × width × channels]`, after Keras' `ConvLSTM2D`.
public typealias ConvLSTM2D = RNN<ConvLSTM2DCell>

extension RNN where Cell == ConvLSTM2DCell {
    /// A layer of `filters` filters over images of `channels` channels; see ``ConvLSTM2DCell``.
    public init(
        _ size: Extent, channels: Int, filters: Int,
        _ convolution: ConvolutionOptions = ConvolutionOptions(),
        _ configuration: CellConfiguration = CellConfiguration(), unitForgetBias: Bool = true,
        options: RecurrentOptions = RecurrentOptions(), on device: any Device,
        using generator: inout some RandomNumberGenerator
    ) {
        self.init(
            ConvLSTM2DCell(
                size, channels: channels, filters: filters, convolution, configuration,
                unitForgetBias: unitForgetBias, on: device, using: &generator), options)
    }
}
