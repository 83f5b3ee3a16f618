public import Tensors

/// `h ← activation(x K + h R + b)`, after Keras' `SimpleRNNCell`.
public struct SimpleRNNCell: FusedCell {
    /// Kernel, recurrent kernel and bias.
    public var weights: CellWeights
    /// One state, the output.
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

    /// The kernel of the same numbers, with any activation.
    public var recurrence: Recurrence.Kind? { .simple(weights.configuration.activation) }

    /// One step of inference.
    public func callAsFunction(_ input: CellInput) -> CellOutput { step(input, DropoutMasks()) }

    /// As inference, with dropout; keeps input and output.
    public mutating func forward(_ input: CellInput) -> (output: CellOutput, cache: Cache) {
        let output = step(input, weights.masks)
        return (output, Cache(input: input, masks: weights.masks, output: output.output))
    }

    private func step(_ input: CellInput, _ masks: DropoutMasks) -> CellOutput {
        let device = input.input.device
        let sum = device.sum(
            weights.inputProduct(masks)(input.input), weights.stateProduct(masks)(input.state[0]))
        let h = device.activation(sum, weights.configuration.activation)
        return CellOutput(h, state: [h])
    }

    /// The chain rule.
    public mutating func backward(_ gradient: CellOutput, _ cache: consuming Cache) -> CellInput {
        let device = gradient.output.device
        let dh = device.sum(gradient.output, gradient.state[0])
        let dSum = device.activationBackward(dh, output: cache.output, weights.configuration.activation)
        let (dx, dState) = weights.backward(dSum, cache.input, cache.masks)
        return CellInput(dx, state: [dState])
    }

    /// What the backward pass needs.
    public struct Cache: Sendable {
        let input: CellInput
        let masks: DropoutMasks
        let output: Tensor
    }
}
