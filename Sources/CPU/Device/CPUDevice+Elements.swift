internal import CKernels
internal import COneDNN
public import Tensors

extension CPUDevice {
    /// The activation of each scalar, in the layout of the input.
    public func activation(_ input: Tensor, _ activation: Activation) -> Tensor {
        guard activation != .identity else { return input }
        if activation == .relu, isBFloat16(input) { return relu(input) }
        let x = gapless(input)
        return elementwise(input.shape, like: x) { result, range in
            kernels.elementwise.activate(
                result, x.floats + range.lowerBound, range.count, activation.function)
        }
    }

    /// The gradient of `activation`, computed from its output, in the layout of the output.
    public func activationBackward(
        _ outputGradient: Tensor, output: Tensor, _ activation: Activation, _: Checked
    ) -> Tensor {
        guard activation != .identity else { return outputGradient }
        if activation == .relu, isBFloat16(output) {
            return reluGradient(outputGradient, output: output)
        }
        let y = gapless(output)
        let dy = context.reordered(storage(of: outputGradient).memory, to: y.descriptor)
        return elementwise(output.shape, like: y) { result, range in
            let start = range.lowerBound
            kernels.elementwise.activate_gradient(
                result, dy.floats + start, y.floats + start, range.count, activation.function)
        }
    }

    private func isBFloat16(_ tensor: Tensor) -> Bool {
        storage(of: tensor).memory.descriptor.elementType == dnnl_bf16
    }

    /// The ReLU of bfloat16 numbers. The padding of a blocked layout stays zero.
    private func relu(_ input: Tensor) -> Tensor {
        let x = storage(of: input).memory
        let result = bfloat16(like: x) {
            kernels.elementwise.relu_bf16($0, x.halves + $1.lowerBound, $1.count)
        }
        return tensor(result, input.shape)
    }

    /// The gradient, in bfloat16, of a ReLU whose output is in bfloat16.
    private func reluGradient(_ outputGradient: Tensor, output: Tensor) -> Tensor {
        let y = storage(of: output).memory
        let dy = context.reordered(storage(of: outputGradient).memory, to: y.descriptor)
        let result = bfloat16(like: y) {
            kernels.elementwise.relu_gradient_bf16(
                $0, dy.halves + $1.lowerBound, y.halves + $1.lowerBound, $1.count)
        }
        return tensor(result, output.shape)
    }

    /// Memory in the layout of existing bfloat16 numbers. `body` fills it range by range, padding included.
    private func bfloat16(
        like source: Memory, _ body: (UnsafeMutablePointer<UInt16>, Range<Int>) -> Void
    ) -> Memory {
        context.useThreads()
        let result = context.memory(source.descriptor)
        context.forEachRange(of: source.descriptor.size / 2, grain: 1 << 16) {
            body(result.halves + $0.lowerBound, $0)
        }
        return withExtendedLifetime(source) { result }
    }

    /// `input · scale + shift`, in the layout of the input.
    public func scaled(_ input: Tensor, by scale: Float, plus shift: Float) -> Tensor {
        let x = gapless(input)
        return elementwise(input.shape, like: x) { result, range in
            kernels.elementwise.scale(result, x.floats + range.lowerBound, scale, shift, range.count)
        }
    }

    /// The element-wise product of two tensors, in the layout of the first.
    public func product(_ first: Tensor, _ second: Tensor, _: Checked) -> Tensor {
        let a = gapless(first)
        let b = context.reordered(storage(of: second).memory, to: a.descriptor)
        return elementwise(first.shape, like: a) { result, range in
            kernels.elementwise.multiply(
                result, a.floats + range.lowerBound, b.floats + range.lowerBound, range.count)
        }
    }

    /// A tensor in the layout of existing scalars. `body` fills it range by range.
    private func elementwise(
        _ shape: Shape, like source: Memory, _ body: (UnsafeMutablePointer<Float>, Range<Int>) -> Void
    ) -> Tensor {
        context.useThreads()
        let result = context.memory(source.descriptor)
        context.forEachRange(of: shape.count) { body(result.floats + $0.lowerBound, $0) }
        return tensor(result, shape)
    }

    /// A tensor's scalars as floats without padding. Blocked layouts may pad channels with zeros, which must stay
    /// zeros.
    private func gapless(_ tensor: Tensor) -> Memory {
        let storage = storage(of: tensor)
        let size = tensor.shape.count * MemoryLayout<Float>.size
        let layout = storage.memory.descriptor.holding(dnnl_f32)
        return layout.size == size ? storage.floats : storage.rowMajor
    }
}

extension Activation {
    /// The function in the C kernels.
    var function: crnn_function {
        switch self {
        case .identity: crnn_identity
        case .relu: crnn_relu
        case .relu6: crnn_relu6
        case .leakyReLU: crnn_leaky_relu
        case .elu: crnn_elu
        case .selu: crnn_selu
        case .softplus: crnn_softplus
        case .softsign: crnn_softsign
        case .exponential: crnn_exponential
        case .tanh: crnn_tanh
        case .hardTanh: crnn_hard_tanh
        case .sigmoid: crnn_sigmoid
        case .hardSigmoid: crnn_hard_sigmoid
        case .keras2HardSigmoid: crnn_keras2_hard_sigmoid
        }
    }
}
