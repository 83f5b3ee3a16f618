import Neural
import Tensors

/// The minimal gated unit (Zhou, Wu, Zhang, Zhou, arXiv 1603.09420):
///
///     f = σ(x F + h R + b),  g = tanh(x G + (f ⊙ h) S + d),  h ← h + f ⊙ (g − h)
///
/// with the kernel [F G], the recurrent kernel [R S] and the bias [b d].
struct MinimalGatedUnit: RecurrentCell {
    var kernel: Parameter
    var recurrentKernel: Parameter
    var bias: Parameter
    var outputSize: Int { recurrentKernel.value.shape[0] }
    var stateSize: [Int] { [outputSize] }

    init(features: Int, units: Int, on device: any Device, using generator: inout some RandomNumberGenerator)
    {
        func weights(_ shape: Shape) -> Parameter {
            Parameter(Initializer.glorotUniform.tensor(shape, on: device, using: &generator))
        }
        kernel = weights([features, 2 * units])
        recurrentKernel = weights([units, 2 * units])
        bias = Parameter(.zeros([2 * units], on: device))
    }

    struct Cache {
        let input: CellInput
        let forget, candidate, kept: Tensor
    }

    func callAsFunction(_ input: CellInput) -> CellOutput { forward(input).output }

    func forward(_ input: CellInput) -> (output: CellOutput, cache: Cache) {
        let device = input.input.device, h = input.state[0]
        let sums = device.linear(input.input, kernel: kernel.value, bias: bias.value)
        let (x, y) = sums.split(at: outputSize)
        let (R, S) = recurrentKernel.value.split(at: outputSize)
        let none = Tensor.zeros([outputSize], on: device)
        let f = (x + device.linear(h, kernel: R, bias: none)).sigmoid()
        let kept = f * h
        let sum = y + device.linear(kept, kernel: S, bias: none)
        let g = sum.tanh()
        let next = h + f * (g - h)
        let cache = Cache(input: input, forget: f, candidate: g, kept: kept)
        return (CellOutput(next, state: [next]), cache)
    }

    mutating func backward(_ gradient: CellOutput, _ cache: consuming Cache) -> CellInput {
        let device = gradient.output.device, h = cache.input.state[0]
        let (f, g) = (cache.forget, cache.candidate)
        let (R, S) = recurrentKernel.value.split(at: outputSize)
        let dh = gradient.output + gradient.state[0]
        let dCandidate = (dh * f).backward(through: .tanh, output: g)
        let inner = device.linearBackward(dCandidate, input: cache.kept, kernel: S)
        let dGate = (dh * (g - h) + inner.input * h).backward(through: .sigmoid, output: f)
        let outer = device.linearBackward(dGate, input: h, kernel: R)
        let input = device.linearBackward(
            .concatenated([dGate, dCandidate]), input: cache.input.input, kernel: kernel.value)
        kernel.accumulate(input.kernel)
        recurrentKernel.accumulate(.concatenated([outer.kernel, inner.kernel]))
        bias.accumulate(input.bias)
        let dState = dh - dh * f + inner.input * f + outer.input
        return CellInput(input.input, state: [dState])
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&kernel, named: "kernel")
        visitor.visit(&recurrentKernel, named: "recurrentKernel")
        visitor.visit(&bias, named: "bias")
    }
}
