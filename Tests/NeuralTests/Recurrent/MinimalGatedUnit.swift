import Neural
import Tensors

/// A cell that a user may write: the minimal gated unit (Zhou, Wu, Zhang, Zhou, arXiv 1603.09420), with an optional
/// constant c that the candidate sees:
///
///     f = σ([x h] F + b),  g = tanh([x (f ⊙ h)] G + d + c),  h ← h + f ⊙ (g − h)
struct MinimalGatedUnit: RecurrentCell {
    let features: Int
    let outputSize: Int
    var stateSize: [Int] { [outputSize] }
    var gate: Affine
    var candidate: Affine

    init(features: Int, units: Int, seed: UInt64 = 1) {
        self.features = features
        outputSize = units
        gate = Affine([features + units, units], seed: seed)
        candidate = Affine([features + units, units], seed: seed + 10)
    }

    func callAsFunction(_ input: CellInput) -> CellOutput { step(input).output }

    mutating func forward(_ input: CellInput) -> (output: CellOutput, cache: Cache) { step(input) }

    private func step(_ input: CellInput) -> (output: CellOutput, cache: Cache) {
        let device = input.input.device, x = input.input, h = input.state[0]
        let seen = device.concatenated(x, h)
        let f = device.activation(gate(seen), .sigmoid)
        let kept = device.concatenated(x, device.product(f, h))
        let sum = input.constants.reduce(candidate(kept), device.sum)
        let g = device.activation(sum, .tanh)
        let next = device.sum(h, device.product(f, device.sum(g, negative(h))))
        let cache = Cache(
            state: h, seen: seen, kept: kept, gate: f, candidate: g, constants: input.constants.count)
        return (CellOutput(next, state: [next]), cache)
    }

    mutating func backward(_ gradient: CellOutput, _ cache: consuming Cache) -> CellInput {
        let device = gradient.output.device
        let (h, f, g) = (cache.state, cache.gate, cache.candidate)
        let dh = device.sum(gradient.output, gradient.state[0])
        let dSum = device.activationBackward(device.product(dh, f), output: g, .tanh)
        let (dx, dKept) = device.split(candidate.backward(dSum, input: cache.kept), firstCount: features)
        let df = device.sum(device.product(dh, device.sum(g, negative(h))), device.product(dKept, h))
        let dGate = device.activationBackward(df, output: f, .sigmoid)
        let (dxGate, dhGate) = device.split(gate.backward(dGate, input: cache.seen), firstCount: features)
        let passed = device.sum(dh, negative(device.product(dh, f)))
        let dState = device.sum(device.sum(passed, device.product(dKept, f)), dhGate)
        return CellInput(
            device.sum(dx, dxGate), state: [dState],
            constants: [Tensor](repeating: dSum, count: cache.constants))
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&gate, named: "gate")
        visitor.visit(&candidate, named: "candidate")
    }

    private func negative(_ tensor: Tensor) -> Tensor { tensor.device.scaled(tensor, by: -1, plus: 0) }

    struct Cache: Sendable {
        let state: Tensor, seen: Tensor, kept: Tensor, gate: Tensor, candidate: Tensor
        let constants: Int
    }
}

/// A linear map whose gradients add up over the steps of a pass.
struct Affine: Parameterized {
    var kernel: Parameter
    var bias: Parameter

    init(_ shape: Shape, seed: UInt64) {
        kernel = Parameter(.uniform(shape, seed: seed))
        bias = Parameter(.uniform([shape.last], seed: seed + 1))
    }

    func callAsFunction(_ input: Tensor) -> Tensor {
        input.device.linear(input, kernel: kernel.value, bias: bias.value)
    }

    mutating func backward(_ gradient: Tensor, input: Tensor) -> Tensor {
        let gradients = gradient.device.linearBackward(gradient, input: input, kernel: kernel.value)
        kernel.accumulate(gradients.kernel)
        bias.accumulate(gradients.bias)
        return gradients.input
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&kernel, named: "kernel")
        visitor.visit(&bias, named: "bias")
    }
}
