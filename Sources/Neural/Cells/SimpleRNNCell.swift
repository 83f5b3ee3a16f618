public import Tensors

/// `h ← activation(x K + h R + b)`, after Keras' `SimpleRNNCell`.
public struct SimpleRNNCell: GatedCell {
    /// Kernel, recurrent kernel and bias.
    public var weights: CellWeights
    /// The output h is the only state.
    public var stateSize: [Int] { [weights.units] }

    /// A cell of `units` units over `features` features.
    public init(
        features: Int, units: Int, _ configuration: CellConfiguration = CellConfiguration(),
        on device: any Device, using generator: inout some RandomNumberGenerator
    ) {
        weights = CellWeights(
            CellShapes(features: features, units: units, gates: 1), gates: 1, configuration, on: device,
            using: &generator)
    }

    /// The device's fully connected recurrence, for any activation.
    public var recurrence: Recurrence.Kind? { .simple(weights.configuration.activation) }

    /// One step of inference.
    public func callAsFunction(_ input: CellInput) -> CellOutput { step(input, DropoutMasks()) }

    /// As inference, with dropout; caches input and output.
    public mutating func forward(_ input: CellInput) -> (output: CellOutput, cache: Cache) {
        let output = step(input, weights.masks)
        return (output, Cache(input: input, masks: weights.masks, output: output.output))
    }

    private func step(_ input: CellInput, _ masks: DropoutMasks) -> CellOutput {
        let sum = weights.inputProduct(masks)(input.input) + weights.stateProduct(masks)(input.state[0])
        let h = sum.activated(weights.configuration.activation)
        return CellOutput(h, state: [h])
    }

    /// The chain rule.
    public mutating func backward(_ gradient: CellOutput, _ cache: consuming Cache) -> CellInput {
        let dh = gradient.output + gradient.state[0]
        let dSum = dh.backward(through: weights.configuration.activation, output: cache.output)
        let (dInput, dState) = weights.backward(dSum, cache.input, cache.masks)
        return CellInput(dInput, state: [dState])
    }

    /// The values that the backward pass needs.
    public struct Cache: Sendable {
        let input: CellInput
        let masks: DropoutMasks
        let output: Tensor
    }
}
