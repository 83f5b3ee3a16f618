public import Tensors

/// Long short-term memory over a sequence.
public typealias LSTM = FusedRNN<LSTMCell>
/// A gated recurrent unit over a sequence.
public typealias GRU = FusedRNN<GRUCell>
/// A fully connected recurrence over a sequence.
public typealias SimpleRNN = FusedRNN<SimpleRNNCell>

/// Scans a cell in one kernel of the device if the device has its recurrence, otherwise step by step as ``RNN``; the
/// results are the same.
@dynamicMemberLookup
public struct FusedRNN<Cell: GatedCell>: RecurrentLayer {
    /// The step-by-step scan, which holds the cell.
    private var scan: RNN<Cell>

    /// Scans the given cell.
    public init(_ cell: Cell, _ options: RecurrentOptions = RecurrentOptions()) {
        scan = RNN(cell, options)
    }

    /// The cell that is scanned.
    public var cell: Cell {
        get { scan.cell }
        set { scan.cell = newValue }
    }
    /// How the sequence is read and what is returned.
    public var options: RecurrentOptions {
        get { scan.options }
        set { scan.options = newValue }
    }
    /// The properties of the cell: `kernel`, `recurrentKernel`, `bias`.
    public subscript<Value>(dynamicMember path: WritableKeyPath<Cell, Value>) -> Value {
        get { scan.cell[keyPath: path] }
        set { scan.cell[keyPath: path] = newValue }
    }

    /// `[batch × time × units]`, or `[batch × units]` if only the last output is returned.
    public func outputShape(for input: Shape) -> Shape { scan.outputShape(for: input) }

    /// `[batch × units]` for each state.
    public func stateShapes(for input: Shape) -> [Shape] { scan.stateShapes(for: input) }

    /// Output and final states in inference.
    public func callAsFunction(_ input: RecurrentInput) -> RecurrentOutput {
        guard let recurrence else { return scan(input) }
        return returned(input.sequence.device.recurrence(input, weights, recurrence))
    }

    /// As inference, with dropout; caches input, output and the device's workspace.
    public mutating func forward(_ input: RecurrentInput) -> (output: RecurrentOutput, cache: Cache) {
        guard let recurrence, !cell.weights.configuration.dropout.isActive else {
            let (output, cache) = scan.forward(input)
            return (output, Cache(path: .scanned(cache)))
        }
        let (output, workspace) = input.sequence.device.recurrenceForward(input, weights, recurrence)
        return (returned(output), Cache(path: .fused(input, output, workspace)))
    }

    /// The gradients for the sequence and the initial states.
    public mutating func backward(_ gradient: RecurrentOutput, _ cache: consuming Cache) -> RecurrentInput {
        switch cache.path {
        case .scanned(let steps): return scan.backward(gradient, steps)
        case .fused(let input, let output, let workspace):
            guard let recurrence else { fatalError("the cell changed between the passes") }
            check(gradient, for: input.sequence.shape)
            let gradients = input.sequence.device.recurrenceBackward(
                ofSequence(gradient, time: input.sequence.shape[1]), input: input, output: output, weights,
                recurrence, workspace)
            cell.kernel.gradient = gradients.weights.kernel
            cell.recurrentKernel.gradient = gradients.weights.recurrentKernel
            if cell.weights.configuration.usesBias { cell.bias.gradient = gradients.weights.bias }
            return gradients.input
        }
    }

    /// Visits kernel, recurrent kernel and bias.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        scan.visitParameters(&visitor)
    }

    /// The values that the backward pass needs.
    public struct Cache: Sendable {
        fileprivate let path: Path
    }

    /// How the forward pass was computed.
    fileprivate enum Path: Sendable {
        /// Step by step.
        case scanned(RNN<Cell>.Cache)
        /// In the device's kernel, with these outputs of all steps.
        case fused(RecurrentInput, RecurrentOutput, Workspace)
    }

    private var recurrence: Recurrence? {
        cell.recurrence.map {
            Recurrence($0, options.direction, zeroOutputForMask: options.zeroOutputForMask)
        }
    }

    private var weights: RecurrentWeights {
        RecurrentWeights(
            kernel: cell.kernel.value, recurrentKernel: cell.recurrentKernel.value, bias: cell.bias.value)
    }

    /// The output that the options ask for, from the outputs of all steps.
    private func returned(_ all: RecurrentOutput) -> RecurrentOutput {
        guard options.returnSequences else {
            let last = options.lastStep(of: all.output.shape[1])
            return RecurrentOutput(all.output.step(at: last), state: all.state)
        }
        return options.reversesOutputs
            ? RecurrentOutput(all.output.reversedInTime(), state: all.state) : all
    }

    /// The gradients for the outputs of all steps, from those of the returned output.
    private func ofSequence(_ gradient: RecurrentOutput, time: Int) -> RecurrentOutput {
        if options.returnSequences, !options.reversesOutputs { return gradient }
        return RecurrentOutput(
            .stacked(options.stepGradients(gradient.output, time: time)), state: gradient.state)
    }
}

extension FusedRNN where Cell == LSTMCell {
    /// An LSTM of `units` units over `features` features.
    public init(
        features: Int, units: Int, _ configuration: CellConfiguration = CellConfiguration(),
        unitForgetBias: Bool = true, options: RecurrentOptions = RecurrentOptions(),
        on device: any Device, using generator: inout some RandomNumberGenerator
    ) {
        self.init(
            LSTMCell(
                features: features, units: units, configuration, unitForgetBias: unitForgetBias, on: device,
                using: &generator), options)
    }
}

extension FusedRNN where Cell == GRUCell {
    /// A gated recurrent unit of `units` units over `features` features.
    public init(
        features: Int, units: Int, _ configuration: CellConfiguration = CellConfiguration(),
        resetAfter: Bool = true, options: RecurrentOptions = RecurrentOptions(), on device: any Device,
        using generator: inout some RandomNumberGenerator
    ) {
        self.init(
            GRUCell(
                features: features, units: units, configuration, resetAfter: resetAfter, on: device,
                using: &generator), options)
    }
}

extension FusedRNN where Cell == SimpleRNNCell {
    /// A fully connected recurrence of `units` units over `features` features.
    public init(
        features: Int, units: Int, _ configuration: CellConfiguration = CellConfiguration(),
        options: RecurrentOptions = RecurrentOptions(), on device: any Device,
        using generator: inout some RandomNumberGenerator
    ) {
        self.init(
            SimpleRNNCell(
                features: features, units: units, configuration, on: device, using: &generator), options)
    }
}
