public import Tensors

/// Long short-term memory, after Keras' `LSTMCell`; gates are ordered input, forget, candidate, output:
///
///     [i f g o] = x K + h R + b,  c ← σ(f) c + σ(i) tanh(g),  h ← σ(o) tanh(c)
public struct LSTMCell: GatedCell {
    /// Kernel, recurrent kernel and bias.
    public var weights: CellWeights
    /// The output h and the cell c.
    public var stateSize: [Int] { [weights.units, weights.units] }

    /// A cell of `units` units over `features` features. With `unitForgetBias`, the forget gate's bias starts at 1,
    /// whatever the bias initializer of the configuration (Jozefowicz et al. 2015).
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

    /// The device's LSTM, for the default activations.
    public var recurrence: Recurrence.Kind? { weights.configuration.hasDefaultActivations ? .lstm : nil }

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

    /// The values that the backward pass needs.
    public struct Cache: Sendable {
        let input: CellInput
        let masks: DropoutMasks
        let gates: LSTMGates
    }
}

/// One step of long short-term memory, for any map from inputs and states to the sums of the gates.
extension CellWeights {
    func lstmGates(_ input: CellInput, _ masks: DropoutMasks) -> LSTMGates {
        let sums = inputProduct(masks)(input.input) + stateProduct(masks)(input.state[0])
        return LSTMGates(sums: sums, previous: input.state[1], configuration)
    }

    func lstmForward(_ input: CellInput) -> (output: CellOutput, cache: LSTMCell.Cache) {
        let gates = lstmGates(input, masks)
        return (gates.result, LSTMCell.Cache(input: input, masks: masks, gates: gates))
    }

    mutating func lstmBackward(_ gradient: CellOutput, _ cache: LSTMCell.Cache) -> CellInput {
        let (dSums, dCell) = cache.gates.backward(gradient)
        let (dInput, dState) = backward(dSums, cache.input, cache.masks)
        return CellInput(dInput, state: [dState, dCell])
    }

    /// Sets the forget gates' biases to 1, if there are biases.
    mutating func openForgetGates() {
        guard configuration.usesBias else { return }
        var gates = bias.value.split(into: 4)
        gates[1] = Tensor(repeating: 1, shape: gates[1].shape, on: bias.value.device)
        bias.value = .concatenated(gates)
    }
}
