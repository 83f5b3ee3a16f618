public import Tensors

/// Long short-term memory, after Keras' `LSTMCell`; gates stand as input, forget, candidate, output:
///
///     [i f g o] = x K + h R + b,  c ← σ(f) c + σ(i) tanh(g),  h ← σ(o) tanh(c)
public struct LSTMCell: FusedCell {
    /// Kernel, recurrent kernel and bias.
    public var weights: CellWeights
    /// The output and the cell.
    public var stateSize: [Int] { [weights.units, weights.units] }

    /// A cell of `units` units over `features` features; with `unitForgetBias`, the forget gate's bias
    /// starts at one whatever the configuration says of the others (Jozefowicz et al. 2015).
    public init(
        features: Int, units: Int, _ configuration: CellConfiguration = CellConfiguration(),
        unitForgetBias: Bool = true, on device: any Device,
        using generator: inout some RandomNumberGenerator
    ) {
        weights = CellWeights(
            CellShapes(features: features, units: units, gates: 4), gates: 4, configuration, on: device,
            using: &generator)
        if unitForgetBias { weights.openForgetGates() }
    }

    /// The kernel of the same numbers, for the default activations.
    public var recurrence: Recurrence.Kind? { weights.configuration.hasDefaultActivations ? .lstm : nil }

    /// One step of inference.
    public func callAsFunction(_ input: CellInput) -> CellOutput {
        weights.lstmGates(input, DropoutMasks()).result
    }

    /// As inference, with dropout; keeps the gates.
    public mutating func forward(_ input: CellInput) -> (output: CellOutput, cache: Cache) {
        weights.lstmForward(input)
    }

    /// The chain rule.
    public mutating func backward(_ gradient: CellOutput, _ cache: consuming Cache) -> CellInput {
        weights.lstmBackward(gradient, cache)
    }

    /// What the backward pass needs.
    public struct Cache: Sendable {
        let input: CellInput
        let masks: DropoutMasks
        let gates: LSTMGates
    }
}

/// One step of a long short-term memory, whatever carries inputs and states to the sums of its gates.
extension CellWeights {
    func lstmGates(_ input: CellInput, _ masks: DropoutMasks) -> LSTMGates {
        let sums = input.input.device.sum(
            inputProduct(masks)(input.input), stateProduct(masks)(input.state[0]))
        return LSTMGates(sums: sums, previous: input.state[1], configuration)
    }

    func lstmForward(_ input: CellInput) -> (output: CellOutput, cache: LSTMCell.Cache) {
        let gates = lstmGates(input, masks)
        return (gates.result, LSTMCell.Cache(input: input, masks: masks, gates: gates))
    }

    mutating func lstmBackward(_ gradient: CellOutput, _ cache: LSTMCell.Cache) -> CellInput {
        let (dSums, dCell) = cache.gates.backward(gradient)
        let (dx, dState) = backward(dSums, cache.input, cache.masks)
        return CellInput(dx, state: [dState, dCell])
    }

    /// Sets the forget gates' biases to 1, where there are biases.
    mutating func openForgetGates() {
        guard configuration.usesBias else { return }
        let device = bias.value.device
        var gates = device.parts(of: bias.value, count: 4)
        gates[1] = Tensor(repeating: 1, shape: gates[1].shape, on: device)
        bias.value = device.joined(gates)
    }
}

/// The activated gates of one step of a long short-term memory, each `[batch × … × units]`.
struct LSTMGates: Sendable {
    private let input: Tensor, forget: Tensor, candidate: Tensor, output: Tensor
    private let previous: Tensor, cell: Tensor, squashed: Tensor
    private let configuration: CellConfiguration

    /// `sums` `[batch × … × 4·units]` before activation.
    init(sums: Tensor, previous: Tensor, _ configuration: CellConfiguration) {
        let device = sums.device
        let parts = device.parts(of: sums, count: 4)
        input = device.activation(parts[0], configuration.recurrentActivation)
        forget = device.activation(parts[1], configuration.recurrentActivation)
        candidate = device.activation(parts[2], configuration.activation)
        output = device.activation(parts[3], configuration.recurrentActivation)
        cell = device.sum(device.product(forget, previous), device.product(input, candidate))
        squashed = device.activation(cell, configuration.activation)
        self.previous = previous
        self.configuration = configuration
    }

    /// The output and the states.
    var result: CellOutput {
        let h = output.device.product(output, squashed)
        return CellOutput(h, state: [h, cell])
    }

    /// The gradients for the sums and for the cell before the step.
    func backward(_ gradient: CellOutput) -> (sums: Tensor, cell: Tensor) {
        let device = output.device
        let (gate, value) = (configuration.recurrentActivation, configuration.activation)
        let dh = device.sum(gradient.output, gradient.state[0])
        let dSquashed = device.activationBackward(device.product(dh, output), output: squashed, value)
        let dc = device.sum(gradient.state[1], dSquashed)
        let sums = device.joined([
            device.activationBackward(device.product(dc, candidate), output: input, gate),
            device.activationBackward(device.product(dc, previous), output: forget, gate),
            device.activationBackward(device.product(dc, input), output: candidate, value),
            device.activationBackward(device.product(dh, squashed), output: output, gate),
        ])
        return (sums, device.product(dc, forget))
    }
}

extension CellConfiguration {
    /// Whether the activations are those of the fused kernels.
    var hasDefaultActivations: Bool { activation == .tanh && recurrentActivation == .sigmoid }
}
