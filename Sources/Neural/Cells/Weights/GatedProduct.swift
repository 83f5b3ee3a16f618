internal import Tensors

/// The sums of several gates. Each gate has its columns of the kernel, and may have a dropout mask of its own.
struct GatedProduct {
    /// The map from inputs to sums.
    var map = GateMap.linear
    let kernel: Tensor
    let bias: Tensor
    let gates: Int
    /// Dropout masks: none, one for all gates, or one for each.
    let masks: [Tensor]

    /// `[batch × … × features]` to `[batch × … × gates·units]`.
    func callAsFunction(_ input: Tensor) -> Tensor {
        guard masks.count > 1 else {
            return map(masked(input, 0), kernel: kernel, bias: bias)
        }
        let (kernels, biases) = (kernels, biases)
        let parts = (0..<gates).map { gate in
            map(masked(input, gate), kernel: kernels[gate], bias: biases[gate])
        }
        return .concatenated(parts)
    }

    /// The gradients for the input, the kernel and the bias.
    func backward(_ outputGradient: Tensor, input: Tensor) -> LinearGradients {
        guard masks.count > 1 else {
            var gradients = map.backward(outputGradient, input: masked(input, 0), kernel: kernel)
            gradients.input = masked(gradients.input, 0)
            return gradients
        }
        let kernels = kernels
        let parts = outputGradient.split(into: gates).enumerated().map { gate, gradient in
            map.backward(gradient, input: masked(input, gate), kernel: kernels[gate])
        }
        let inputs = parts.enumerated().map { masked($1.input, $0) }
        return LinearGradients(
            input: inputs.dropFirst().reduce(inputs[0], +),
            kernel: .concatenated(parts.map(\.kernel)), bias: .concatenated(parts.map(\.bias)))
    }

    /// The products for the first gates and for the others.
    func split(firstGates: Int) -> (GatedProduct, GatedProduct) {
        let columns = firstGates * kernel.shape.last / gates
        let kernels = kernel.split(at: columns)
        let biases = bias.split(at: columns)
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

    private var kernels: [Tensor] { kernel.split(into: gates) }
    private var biases: [Tensor] { bias.split(into: gates) }

    private func masked(_ tensor: Tensor, _ gate: Int) -> Tensor {
        masks.isEmpty ? tensor : tensor * masks[gate]
    }
}

extension LinearGradients {
    /// The gradients of kernel and bias, joined with those of further columns; the input's is unchanged.
    func concatenated(_ other: LinearGradients) -> LinearGradients {
        LinearGradients(
            input: input, kernel: .concatenated([kernel, other.kernel]),
            bias: .concatenated([bias, other.bias]))
    }
}
