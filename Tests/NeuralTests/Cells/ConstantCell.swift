import Neural
import Tensors

/// `h ← tanh(x K + h R + c C)` with a constant c.
struct ConstantCell: RecurrentCell {
    var kernels: [Parameter]
    var outputSize: Int { kernels[1].value.shape[0] }
    var stateSize: [Int] { [outputSize] }

    init(_ features: Int, _ units: Int, constants: Int, on device: any Device) {
        kernels = [features, units, constants].map {
            Parameter(.zeros([$0, units], on: device))
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
        let none = Tensor.zeros([outputSize], on: device)
        let products = zip(inputs, kernels).map { device.linear($0, kernel: $1.value, bias: none) }
        let h = (products[0] + products[1] + products[2]).tanh()
        return (CellOutput(h, state: [h]), Cache(inputs: inputs, output: h))
    }

    mutating func backward(_ gradient: CellOutput, _ cache: consuming Cache) -> CellInput {
        let device = gradient.output.device
        let dh = gradient.output + gradient.state[0]
        let sums = dh.backward(through: .tanh, output: cache.output)
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
