import Neural
import Tensors

/// A minimal gated unit (Zhou et al., arXiv 1603.09420) as a user would write it:
///
///     f = σ(x F + h R + b),  g = tanh(x G + (f h) S + d),  h ← (1 − f) h + f g
///
/// with the kernel [F G], the recurrent kernel [R S] and the bias [b d].
struct MinimalGatedUnitCell: RecurrentCell {
    var kernel: Parameter
    var recurrentKernel: Parameter
    var bias: Parameter
    var outputSize: Int { recurrentKernel.value.shape[0] }
    var stateSize: [Int] { [outputSize] }

    init(_ features: Int, _ units: Int, on device: any Device) {
        kernel = Parameter(Tensor(repeating: 0, shape: [features, 2 * units], on: device))
        recurrentKernel = Parameter(Tensor(repeating: 0, shape: [units, 2 * units], on: device))
        bias = Parameter(Tensor(repeating: 0, shape: [2 * units], on: device))
    }

    struct Cache {
        let input: CellInput
        let forget, candidate, kept: Tensor
    }

    func callAsFunction(_ input: CellInput) -> CellOutput { step(input).output }

    func forward(_ input: CellInput) -> (output: CellOutput, cache: Cache) { step(input) }

    private func step(_ input: CellInput) -> (output: CellOutput, cache: Cache) {
        let device = input.input.device, h = input.state[0]
        let sums = device.linear(input.input, kernel: kernel.value, bias: bias.value)
        let (x, y) = device.split(sums, firstCount: outputSize)
        let (R, S) = device.split(recurrentKernel.value, firstCount: outputSize)
        let none = Tensor(repeating: 0, shape: [outputSize], on: device)
        let f = device.activation(device.sum(x, device.linear(h, kernel: R, bias: none)), .sigmoid)
        let kept = device.product(f, h)
        let g = device.activation(device.sum(y, device.linear(kept, kernel: S, bias: none)), .tanh)
        let next = device.sum(h, device.product(f, device.sum(g, device.scaled(h, by: -1, plus: 0))))
        return (
            CellOutput(next, state: [next]), Cache(input: input, forget: f, candidate: g, kept: kept)
        )
    }

    mutating func backward(_ gradient: CellOutput, _ cache: consuming Cache) -> CellInput {
        let device = gradient.output.device, h = cache.input.state[0]
        let (f, g) = (cache.forget, cache.candidate)
        let (R, S) = device.split(recurrentKernel.value, firstCount: outputSize)
        let next = device.sum(gradient.output, gradient.state[0])
        let y = device.activationBackward(device.product(next, f), output: g, .tanh)
        let inner = device.linearBackward(y, input: cache.kept, kernel: S)
        let difference = device.sum(g, device.scaled(h, by: -1, plus: 0))
        let throughForget = device.sum(device.product(next, difference), device.product(inner.input, h))
        let x = device.activationBackward(throughForget, output: f, .sigmoid)
        let outer = device.linearBackward(x, input: h, kernel: R)
        let input = device.linearBackward(
            device.concatenated(x, y), input: cache.input.input, kernel: kernel.value)
        kernel.accumulate(input.kernel)
        bias.accumulate(input.bias)
        recurrentKernel.accumulate(device.concatenated(outer.kernel, inner.kernel))
        let through = device.sum(outer.input, device.product(inner.input, f))
        let passed = device.product(next, device.scaled(f, by: -1, plus: 1))
        return CellInput(input.input, state: [device.sum(through, passed)])
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&kernel, named: "kernel")
        visitor.visit(&recurrentKernel, named: "recurrentKernel")
        visitor.visit(&bias, named: "bias")
    }
}

/// `h ← tanh(x K + h R + c C)` with a constant c.
struct ConstantCell: RecurrentCell {
    var kernels: [Parameter]
    var outputSize: Int { kernels[1].value.shape[0] }
    var stateSize: [Int] { [outputSize] }

    init(_ features: Int, _ units: Int, constants: Int, on device: any Device) {
        kernels = [features, units, constants].map {
            Parameter(Tensor(repeating: 0, shape: [$0, units], on: device))
        }
    }

    struct Cache {
        let inputs: [Tensor]
        let output: Tensor
    }

    func callAsFunction(_ input: CellInput) -> CellOutput { forward(input).output }

    func forward(_ input: CellInput) -> (output: CellOutput, cache: Cache) {
        let device = input.input.device
        let inputs = [input.input, input.state[0], input.constants[0]]
        let none = Tensor(repeating: 0, shape: [outputSize], on: device)
        let products = zip(inputs, kernels).map { device.linear($0, kernel: $1.value, bias: none) }
        let h = device.activation(device.sum(device.sum(products[0], products[1]), products[2]), .tanh)
        return (CellOutput(h, state: [h]), Cache(inputs: inputs, output: h))
    }

    mutating func backward(_ gradient: CellOutput, _ cache: consuming Cache) -> CellInput {
        let device = gradient.output.device
        let next = device.sum(gradient.output, gradient.state[0])
        let sums = device.activationBackward(next, output: cache.output, .tanh)
        let gradients = cache.inputs.indices.map { index in
            let found = device.linearBackward(
                sums, input: cache.inputs[index], kernel: kernels[index].value)
            kernels[index].accumulate(found.kernel)
            return found.input
        }
        return CellInput(gradients[0], state: [gradients[1]], constants: [gradients[2]])
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        for index in kernels.indices { visitor.visit(&kernels[index], named: String(index)) }
    }
}
