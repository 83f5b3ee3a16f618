import Neural
import Tensors

/// A cell that a user may write: the minimal gated unit (Zhou, Wu, Zhang, Zhou, arXiv 1603.09420), with optional
/// constants c that the candidate sees:
///
///     f = σ(x F + h R + b),  g = tanh(x G + (f ⊙ h) S + d + c),  h ← h + f ⊙ (g − h)
///
/// with the kernel [F G], the recurrent kernel [R S] and the bias [b d].
struct MinimalGatedUnit: RecurrentCell {
    var kernel: Parameter
    var recurrentKernel: Parameter
    var bias: Parameter
    var outputSize: Int { recurrentKernel.value.shape[0] }
    var stateSize: [Int] { [outputSize] }

    init(features: Int, units: Int, seed: UInt64 = 1, on device: any Device = reference) {
        func parameter(_ shape: Shape, _ place: UInt64) -> Parameter {
            Parameter(Tensor.uniform(shape, seed: seed + place).moved(to: device))
        }
        kernel = parameter([features, 2 * units], 0)
        recurrentKernel = parameter([units, 2 * units], 10)
        bias = parameter([2 * units], 20)
    }

    struct Cache {
        let input: CellInput
        let forget, candidate, kept: Tensor
    }

    func callAsFunction(_ input: CellInput) -> CellOutput { forward(input).output }

    func forward(_ input: CellInput) -> (output: CellOutput, cache: Cache) {
        let device = input.input.device, h = input.state[0]
        let sums = device.linear(input.input, kernel: kernel.value, bias: bias.value)
        let (x, y) = device.split(sums, firstCount: outputSize)
        let (R, S) = device.split(recurrentKernel.value, firstCount: outputSize)
        let none = Tensor(repeating: 0, shape: [outputSize], on: device)
        let f = device.activation(device.sum(x, device.linear(h, kernel: R, bias: none)), .sigmoid)
        let kept = device.product(f, h)
        let sum = device.sum(y, device.linear(kept, kernel: S, bias: none))
        let g = device.activation(input.constants.reduce(sum, device.sum), .tanh)
        let next = device.sum(h, device.product(f, device.sum(g, negative(h))))
        let cache = Cache(input: input, forget: f, candidate: g, kept: kept)
        return (CellOutput(next, state: [next]), cache)
    }

    mutating func backward(_ gradient: CellOutput, _ cache: consuming Cache) -> CellInput {
        let device = gradient.output.device, h = cache.input.state[0]
        let (f, g) = (cache.forget, cache.candidate)
        let (R, S) = device.split(recurrentKernel.value, firstCount: outputSize)
        let dh = device.sum(gradient.output, gradient.state[0])
        let dCandidate = device.activationBackward(device.product(dh, f), output: g, .tanh)
        let inner = device.linearBackward(dCandidate, input: cache.kept, kernel: S)
        let df = device.sum(device.product(dh, device.sum(g, negative(h))), device.product(inner.input, h))
        let dGate = device.activationBackward(df, output: f, .sigmoid)
        let outer = device.linearBackward(dGate, input: h, kernel: R)
        let input = device.linearBackward(
            device.concatenated(dGate, dCandidate), input: cache.input.input, kernel: kernel.value)
        kernel.accumulate(input.kernel)
        recurrentKernel.accumulate(device.concatenated(outer.kernel, inner.kernel))
        bias.accumulate(input.bias)
        let passed = device.sum(dh, negative(device.product(dh, f)))
        let dState = device.sum(device.sum(passed, device.product(inner.input, f)), outer.input)
        return CellInput(
            input.input, state: [dState],
            constants: cache.input.constants.map { _ in dCandidate })
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&kernel, named: "kernel")
        visitor.visit(&recurrentKernel, named: "recurrentKernel")
        visitor.visit(&bias, named: "bias")
    }

    private func negative(_ tensor: Tensor) -> Tensor { tensor.device.scaled(tensor, by: -1, plus: 0) }
}
