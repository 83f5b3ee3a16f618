public import Tensors

/// A gated recurrent unit, after Keras' `GRUCell`; gates are ordered update, reset, candidate.
///
/// With `resetAfter` (Keras' default), the reset gate multiplies the state's product, which has a bias d of its own:
///
///     [z r g] = x K + b,  [u v w] = h R + d,  h ← σ(z + u) h + (1 − σ(z + u)) tanh(g + σ(r + v) w)
///
/// Without, it multiplies the state: `tanh(g + w)` with `w = (σ(r + v) h) R₃`, without d.
public struct GRUCell: GatedCell {
    /// Kernel, recurrent kernel and bias.
    public var weights: CellWeights
    /// Whether the reset gate multiplies the state's product instead of the state.
    public let resetAfter: Bool
    /// The output h is the only state.
    public var stateSize: [Int] { [weights.units] }

    /// A cell of `units` units over `features` features.
    public init(
        features: Int, units: Int, _ configuration: CellConfiguration = CellConfiguration(),
        resetAfter: Bool = true, on device: any Device, using generator: inout some RandomNumberGenerator
    ) {
        self.resetAfter = resetAfter
        weights = CellWeights(
            CellShapes(features: features, units: units, gates: 3, hasStateBias: resetAfter), gates: 3,
            configuration, on: device, using: &generator)
    }

    /// The device's gated recurrent unit, for the default activations.
    public var recurrence: Recurrence.Kind? {
        weights.configuration.hasDefaultActivations ? .gru(resetAfter: resetAfter) : nil
    }

    /// One step of inference.
    public func callAsFunction(_ input: CellInput) -> CellOutput { step(input, DropoutMasks()).result }

    /// As inference, with dropout; caches the gates.
    public mutating func forward(_ input: CellInput) -> (output: CellOutput, cache: Cache) {
        let cache = step(input, weights.masks)
        return (cache.result, cache)
    }

    private func step(_ input: CellInput, _ masks: DropoutMasks) -> Cache {
        let (gate, activation) = (weights.configuration.recurrentActivation, weights.configuration.activation)
        let h = input.state[0]
        let x = weights.inputProduct(masks)(input.input).split(into: 3)
        let products = stateProducts(masks)
        let sums = products.gates(h).split(into: 2)
        let z = (x[0] + sums[0]).activated(gate)
        let r = (x[1] + sums[1]).activated(gate)
        let w = products.candidate(resetAfter ? h : r * h)
        let g = (x[2] + (resetAfter ? r * w : w)).activated(activation)
        return Cache(input: input, masks: masks, update: z, reset: r, candidate: g, stateProduct: w)
    }

    /// The chain rule.
    public mutating func backward(_ gradient: CellOutput, _ cache: consuming Cache) -> CellInput {
        let (gate, activation) = (weights.configuration.recurrentActivation, weights.configuration.activation)
        let (z, r, g, w) = (cache.update, cache.reset, cache.candidate, cache.stateProduct)
        let h = cache.input.state[0]
        let products = stateProducts(cache.masks)

        let dh = gradient.output + gradient.state[0]
        let kept = dh * z
        let dUpdate = (dh * (h - g)).backward(through: gate, output: z)
        let dCandidate = (dh - kept).backward(through: activation, output: g)
        let candidate = products.candidate.backward(
            resetAfter ? dCandidate * r : dCandidate, input: resetAfter ? h : r * h)
        let dReset = (resetAfter ? dCandidate * w : candidate.input * h).backward(through: gate, output: r)
        let gates = products.gates.backward(.concatenated([dUpdate, dReset]), input: h)
        let input = weights.inputProduct(cache.masks).backward(
            .concatenated([dUpdate, dReset, dCandidate]), input: cache.input.input)

        weights.accumulate(input: input, state: gates.concatenated(candidate))
        let throughCandidate = resetAfter ? candidate.input : candidate.input * r
        return CellInput(input.input, state: [kept + throughCandidate + gates.input])
    }

    /// The state's products, for both gates and for the candidate.
    private func stateProducts(_ masks: DropoutMasks) -> (gates: GatedProduct, candidate: GatedProduct) {
        weights.stateProduct(masks).split(firstGates: 2)
    }

    /// The values that the backward pass needs.
    public struct Cache: Sendable {
        let input: CellInput
        let masks: DropoutMasks
        let update: Tensor, reset: Tensor, candidate: Tensor
        /// The state's product in the candidate.
        let stateProduct: Tensor

        /// `h ← z h + (1 − z) g`, computed as `z (h − g) + g`.
        var result: CellOutput {
            let h = update * (input.state[0] - candidate) + candidate
            return CellOutput(h, state: [h])
        }
    }
}
