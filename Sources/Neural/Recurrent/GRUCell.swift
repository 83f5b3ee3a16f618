public import Tensors

/// A gated recurrent unit, after Keras' `GRUCell`; gates stand as update, reset, candidate.
///
/// With `resetAfter` (Keras' default) the reset gate acts on the state's product, which has a bias d of its own:
///
///     [z r g] = x K + b,  [u v w] = h R + d,  h ← σ(z + u) h + (1 − σ(z + u)) tanh(g + σ(r + v) w)
///
/// and without on the state itself: `w = (σ(r + v) h) R₃`, without d.
public struct GRUCell: FusedCell {
    /// Kernel, recurrent kernel and bias.
    public var weights: CellWeights
    /// Whether the reset gate acts after the state's product.
    public let resetAfter: Bool
    /// One state, the output.
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

    /// The kernel of the same numbers, for the default activations.
    public var recurrence: Recurrence.Kind? {
        weights.configuration.hasDefaultActivations ? .gru(resetAfter: resetAfter) : nil
    }

    /// One step of inference.
    public func callAsFunction(_ input: CellInput) -> CellOutput { step(input, DropoutMasks()).result }

    /// As inference, with dropout; keeps the gates.
    public mutating func forward(_ input: CellInput) -> (output: CellOutput, cache: Cache) {
        let cache = step(input, weights.masks)
        return (cache.result, cache)
    }

    private func step(_ input: CellInput, _ masks: DropoutMasks) -> Cache {
        let device = input.input.device, h = input.state[0]
        let (value, gate) = (weights.configuration.activation, weights.configuration.recurrentActivation)
        let x = device.parts(of: weights.inputProduct(masks)(input.input), count: 3)
        let products = stateProducts(masks)
        let sums = device.parts(of: products.gates(h), count: 2)
        let z = device.activation(device.sum(x[0], sums[0]), gate)
        let r = device.activation(device.sum(x[1], sums[1]), gate)
        let w = products.candidate(resetAfter ? h : device.product(r, h))
        let reset = resetAfter ? device.product(r, w) : w
        let g = device.activation(device.sum(x[2], reset), value)
        return Cache(input: input, masks: masks, update: z, reset: r, candidate: g, stateProduct: w)
    }

    /// The chain rule.
    public mutating func backward(_ gradient: CellOutput, _ cache: consuming Cache) -> CellInput {
        let device = gradient.output.device, h = cache.input.state[0]
        let (value, gate) = (weights.configuration.activation, weights.configuration.recurrentActivation)
        let (z, r, g) = (cache.update, cache.reset, cache.candidate)
        let dh = device.sum(gradient.output, gradient.state[0])
        let kept = device.product(dh, z)
        let dUpdate = device.activationBackward(
            device.product(dh, device.difference(h, g)), output: z, gate)
        let dCandidate = device.activationBackward(device.difference(dh, kept), output: g, value)
        let products = stateProducts(cache.masks)
        let candidate = products.candidate.backward(
            resetAfter ? device.product(dCandidate, r) : dCandidate,
            input: resetAfter ? h : device.product(r, h))
        let dReset = device.product(
            resetAfter ? dCandidate : candidate.input, resetAfter ? cache.stateProduct : h)
        let dGate = device.activationBackward(dReset, output: r, gate)
        let gates = products.gates.backward(device.concatenated(dUpdate, dGate), input: h)
        let x = weights.inputProduct(cache.masks).backward(
            device.joined([dUpdate, dGate, dCandidate]), input: cache.input.input)
        weights.accumulate(input: x, state: gates.besides(candidate))
        let throughCandidate = resetAfter ? candidate.input : device.product(candidate.input, r)
        return CellInput(x.input, state: [device.sum(device.sum(kept, throughCandidate), gates.input)])
    }

    /// The state's products, for both gates and for the candidate.
    private func stateProducts(_ masks: DropoutMasks) -> (gates: GatedProduct, candidate: GatedProduct) {
        weights.stateProduct(masks).split(firstGates: 2)
    }

    /// What the backward pass needs.
    public struct Cache: Sendable {
        let input: CellInput
        let masks: DropoutMasks
        let update: Tensor, reset: Tensor, candidate: Tensor
        /// The state's part of the candidate.
        let stateProduct: Tensor

        /// `z h + (1 − z) g`.
        var result: CellOutput {
            let device = update.device
            let kept = device.product(update, device.difference(input.state[0], candidate))
            let h = device.sum(kept, candidate)
            return CellOutput(h, state: [h])
        }
    }
}
