internal import Tensors

/// What carries inputs to the sums of gates.
enum GateMap {
    /// A product of rows and a kernel `[features × gates·units]`.
    case linear
    /// A convolution by a kernel `[height × width × channels × gates·filters]`.
    case convolution(ConvolutionOptions)

    /// The sums. As a kernel serves many steps, the algorithm that prepares it once serves training, too.
    func callAsFunction(_ input: Tensor, kernel: Tensor, bias: Tensor) -> Tensor {
        switch self {
        case .linear: input.device.linear(input, kernel: kernel, bias: bias)
        case .convolution(let options):
            input.device.convolution(input, kernel: kernel, bias: bias, options)
        }
    }

    /// The gradients from that of the sums.
    func backward(_ outputGradient: Tensor, input: Tensor, kernel: Tensor) -> LinearGradients {
        switch self {
        case .linear: return input.device.linearBackward(outputGradient, input: input, kernel: kernel)
        case .convolution(let options):
            // Without an activation, of the output only the shape counts.
            let gradients = input.device.convolutionBackward(
                outputGradient, input: input, kernel: kernel, output: outputGradient, options,
                needsInput: true)
            guard let dx = gradients.input else { preconditionFailure("no gradient for the input") }
            return LinearGradients(input: dx, kernel: gradients.kernel, bias: gradients.bias)
        }
    }
}

/// The sums of several gates, to each of which belong columns of one kernel, and each of which may leave out
/// features of its own.
struct GatedProduct {
    /// What carries inputs to sums.
    var map = GateMap.linear
    let kernel: Tensor
    let bias: Tensor
    let gates: Int
    /// None; one for all gates; or one for each.
    let masks: [Tensor]

    /// `[batch × … × features]` to `[batch × … × gates·units]`.
    func callAsFunction(_ input: Tensor) -> Tensor {
        let device = input.device
        guard masks.count > 1 else {
            return map(masked(input, 0), kernel: kernel, bias: bias)
        }
        let (kernels, biases) = (kernels, biases)
        let parts = (0..<gates).map { gate in
            map(masked(input, gate), kernel: kernels[gate], bias: biases[gate])
        }
        return device.joined(parts)
    }

    /// The gradients; the kernel's of the whole kernel.
    func backward(_ outputGradient: Tensor, input: Tensor) -> LinearGradients {
        let device = outputGradient.device
        guard masks.count > 1 else {
            var gradients = map.backward(outputGradient, input: masked(input, 0), kernel: kernel)
            gradients.input = masked(gradients.input, 0)
            return gradients
        }
        let kernels = kernels
        let parts = device.parts(of: outputGradient, count: gates).enumerated().map { gate, gradient in
            map.backward(gradient, input: masked(input, gate), kernel: kernels[gate])
        }
        let inputs = parts.enumerated().map { masked($1.input, $0) }
        return LinearGradients(
            input: inputs.dropFirst().reduce(inputs[0], device.sum),
            kernel: device.joined(parts.map(\.kernel)), bias: device.joined(parts.map(\.bias)))
    }

    /// The products for the first gates and for the others.
    func split(firstGates: Int) -> (GatedProduct, GatedProduct) {
        let columns = firstGates * kernel.shape.last / gates
        let kernels = kernel.device.split(kernel, firstCount: columns)
        let biases = bias.device.split(bias, firstCount: columns)
        let isShared = masks.count < 2
        return (
            GatedProduct(
                map: map, kernel: kernels.first, bias: biases.first, gates: firstGates,
                masks: isShared ? masks : Array(masks[..<firstGates])),
            GatedProduct(
                map: map, kernel: kernels.second, bias: biases.second, gates: gates - firstGates,
                masks: isShared ? masks : Array(masks[firstGates...]))
        )
    }

    private var kernels: [Tensor] { kernel.device.parts(of: kernel, count: gates) }
    private var biases: [Tensor] { bias.device.parts(of: bias, count: gates) }

    private func masked(_ tensor: Tensor, _ gate: Int) -> Tensor {
        masks.isEmpty ? tensor : tensor.device.product(tensor, masks[gate])
    }
}

extension Device {
    /// The last axis in parts of equal size.
    func parts(of tensor: Tensor, count: Int) -> [Tensor] {
        guard count > 1 else { return [tensor] }
        let (first, rest) = split(tensor, firstCount: tensor.shape.last / count)
        return [first] + parts(of: rest, count: count - 1)
    }

    /// Tensors side by side along the last axis.
    func joined(_ tensors: [Tensor]) -> Tensor { tensors.dropFirst().reduce(tensors[0], concatenated) }
}

extension Device {
    /// The difference of two tensors of one shape.
    func difference(_ first: Tensor, _ second: Tensor) -> Tensor {
        sum(first, scaled(second, by: -1, plus: 0))
    }
}

extension LinearGradients {
    /// The gradients of kernel and bias beside those of further columns; the input's as it is.
    func besides(_ other: LinearGradients) -> LinearGradients {
        let device = kernel.device
        return LinearGradients(
            input: input, kernel: device.concatenated(kernel, other.kernel),
            bias: device.concatenated(bias, other.bias))
    }
}
