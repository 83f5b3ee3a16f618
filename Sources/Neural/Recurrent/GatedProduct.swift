internal import Tensors

/// The product of rows and a kernel whose columns belong to several gates, each of which may leave out features
/// of its own.
struct GatedProduct {
    let kernel: Tensor
    let bias: Tensor
    let gates: Int
    /// None; one for all gates; or one for each.
    let masks: [Tensor]

    /// `[batch × features]` to `[batch × gates·units]`.
    func callAsFunction(_ input: Tensor) -> Tensor {
        let device = input.device
        guard masks.count > 1 else {
            return device.linear(masked(input, 0), kernel: kernel, bias: bias)
        }
        let (kernels, biases) = (kernels, biases)
        let parts = (0..<gates).map { gate in
            device.linear(masked(input, gate), kernel: kernels[gate], bias: biases[gate])
        }
        return device.joined(parts)
    }

    /// The gradients; the kernel's of the whole kernel.
    func backward(_ outputGradient: Tensor, input: Tensor) -> LinearGradients {
        let device = outputGradient.device
        guard masks.count > 1 else {
            var gradients = device.linearBackward(outputGradient, input: masked(input, 0), kernel: kernel)
            gradients.input = masked(gradients.input, 0)
            return gradients
        }
        let kernels = kernels
        let parts = device.parts(of: outputGradient, count: gates).enumerated().map { gate, gradient in
            device.linearBackward(gradient, input: masked(input, gate), kernel: kernels[gate])
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
                kernel: kernels.first, bias: biases.first, gates: firstGates,
                masks: isShared ? masks : Array(masks[..<firstGates])),
            GatedProduct(
                kernel: kernels.second, bias: biases.second, gates: gates - firstGates,
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
