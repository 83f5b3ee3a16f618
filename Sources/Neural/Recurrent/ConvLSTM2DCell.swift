public import Tensors

/// Long short-term memory over images (Shi et al., arXiv 1506.04214), after Keras' `ConvLSTM2DCell`: the products
/// of ``LSTMCell`` are convolutions. Gates stand as input, forget, candidate, output:
///
///     [i f g o] = x ∗ K + b + h ∗ R,  c ← σ(f) c + σ(i) tanh(g),  h ← σ(o) tanh(c)
///
/// The convolution of the input moves as its options say; that of the state pads to the same size, without
/// strides or dilation. Images are `[batch × height × width × channels]`, states and output
/// `[batch × height' × width' × filters]`. Dropout has a mask for each gate, whatever the configuration says.
public struct ConvLSTM2DCell: RecurrentCell {
    /// `[height × width × channels × 4·filters]`.
    public var kernel: Parameter
    /// `[height × width × filters × 4·filters]`.
    public var recurrentKernel: Parameter
    /// `[4·filters]`; zero and not learnt without ``CellConfiguration/usesBias``.
    public var bias: Parameter
    /// How the kernel moves over the input.
    public let options: ConvolutionOptions
    /// Activations, first values, dropout.
    public let configuration: CellConfiguration
    private var generator: SeededGenerator
    /// Of the present training pass.
    private var masks = DropoutMasks()

    /// A cell of `filters` filters over images of `channels` channels.
    ///
    /// - Parameters:
    ///   - size: The extent of both kernels.
    ///   - channels: Channels of the input.
    ///   - filters: Channels of the output.
    ///   - options: Strides, padding and dilation of the input's convolution; no activation.
    ///   - configuration: Activations, first values, dropout.
    ///   - unitForgetBias: Whether the forget gates start open, from a bias of 1.
    ///   - device: Where the weights live.
    ///   - generator: Draws the weights.
    public init(
        _ size: Extent, channels: Int, filters: Int, _ options: ConvolutionOptions = ConvolutionOptions(),
        _ configuration: CellConfiguration = CellConfiguration(), unitForgetBias: Bool = true,
        on device: any Device, using generator: inout some RandomNumberGenerator
    ) {
        precondition(options.activation == .identity, "\(options.activation) before the gates are added")
        let (height, width, columns) = (size.height, size.width, 4 * filters)
        kernel = Parameter(
            [height, width, channels, columns], configuration.kernel, on: device, using: &generator)
        recurrentKernel = Parameter(
            [height, width, filters, columns], configuration.recurrentKernel, on: device, using: &generator)
        bias =
            configuration.usesBias
            ? Parameter([columns], configuration.bias, on: device, using: &generator)
            : Parameter(.zeros([columns], on: device))
        if configuration.usesBias, unitForgetBias { bias.value = bias.value.withOpenForgetGates }
        self.options = options
        self.configuration = configuration
        self.generator = SeededGenerator(seed: configuration.dropout.seed)
    }

    /// Channels of the output and of each state.
    public var filters: Int { recurrentKernel.value.shape[2] }
    /// The output and the cell.
    public var stateSize: [Int] { [filters, filters] }
    /// The channels of the output.
    public var outputSize: Int { filters }

    /// `[batch × height' × width' × filters]`, twice.
    public func stateShapes(for input: Shape) -> [Shape] {
        [outputShape(for: input), outputShape(for: input)]
    }

    /// `[batch × height' × width' × filters]`.
    public func outputShape(for input: Shape) -> Shape {
        options.outputShape(of: input, kernel: kernel.value.shape).replacingLast(with: filters)
    }

    /// Draws the dropout masks.
    public mutating func beginSequence(like step: Shape, on device: any Device) {
        let dropout = configuration.dropout
        masks = DropoutMasks(
            input: generator.masks(4, step, leavingOut: dropout.inputShare, on: device),
            state: generator.masks(4, outputShape(for: step), leavingOut: dropout.stateShare, on: device))
    }

    /// One step of inference.
    public func callAsFunction(_ input: CellInput) -> CellOutput { gates(input, DropoutMasks()).result }

    /// As inference, with dropout; keeps the gates.
    public mutating func forward(_ input: CellInput) -> (output: CellOutput, cache: Cache) {
        let gates = gates(input, masks)
        return (gates.result, Cache(input: input, masks: masks, gates: gates))
    }

    private func gates(_ input: CellInput, _ masks: DropoutMasks) -> LSTMGates {
        let sums = input.input.device.sum(
            inputProduct(masks)(input.input), stateProduct(masks)(input.state[0]))
        return LSTMGates(sums: sums, previous: input.state[1], configuration)
    }

    /// The chain rule.
    public mutating func backward(_ gradient: CellOutput, _ cache: consuming Cache) -> CellInput {
        let (dSums, dCell) = cache.gates.backward(gradient)
        let x = inputProduct(cache.masks).backward(dSums, input: cache.input.input)
        let h = stateProduct(cache.masks).backward(dSums, input: cache.input.state[0])
        kernel.accumulate(x.kernel)
        recurrentKernel.accumulate(h.kernel)
        if configuration.usesBias { bias.accumulate(x.bias) }
        return CellInput(x.input, state: [h.input, dCell])
    }

    /// Visits kernel, recurrent kernel and bias.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&kernel, named: "kernel")
        visitor.visit(&recurrentKernel, named: "recurrentKernel")
        if configuration.usesBias { visitor.visit(&bias, named: "bias") }
    }

    /// What the backward pass needs.
    public struct Cache: Sendable {
        let input: CellInput
        let masks: DropoutMasks
        let gates: LSTMGates
    }

    private func inputProduct(_ masks: DropoutMasks) -> GatedProduct {
        GatedProduct(
            map: .convolution(options), kernel: kernel.value, bias: bias.value, gates: 4, masks: masks.input)
    }

    private func stateProduct(_ masks: DropoutMasks) -> GatedProduct {
        GatedProduct(
            map: .convolution(ConvolutionOptions(padding: .same)), kernel: recurrentKernel.value,
            bias: bias.value.zeros, gates: 4, masks: masks.state)
    }
}

/// Long short-term memory over films `[batch × time × height × width × channels]`, after Keras' `ConvLSTM2D`.
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
