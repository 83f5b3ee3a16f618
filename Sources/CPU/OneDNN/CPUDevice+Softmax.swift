internal import COneDNN
public import Tensors

extension CPUDevice {
    /// The logarithm of the softmax over the last axis. Rows keep their order.
    public func logSoftmax(_ input: Tensor, _: Checked) -> Tensor {
        context.useThreads()
        let x = storage(of: input).rows
        let result = context.memory(x.memory.descriptor)
        context.run(
            logSoftmax(x.descriptor),
            [
                DNNL_ARG_SRC_0: context.view(x.memory, as: x.descriptor),
                DNNL_ARG_DST_0: context.view(result, as: x.descriptor),
            ])
        return tensor(result, input.shape)
    }

    /// The gradient of `logSoftmax`, computed from its output.
    public func logSoftmaxBackward(_ outputGradient: Tensor, output: Tensor, _: Checked) -> Tensor {
        context.useThreads()
        let y = storage(of: output).rows
        let dy = storage(of: outputGradient).rows(in: y.order)
        let result = context.memory(y.memory.descriptor)
        let layout = y.descriptor
        let operation = PrimitiveDescriptor("log-softmax's gradient", forward: logSoftmax(layout)) {
            onednn_log_softmax_gradient($0, $1, layout.handle, 1)
        }
        context.run(
            operation,
            [
                DNNL_ARG_DST_0: context.view(y.memory, as: y.descriptor),
                DNNL_ARG_DIFF_DST_0: context.view(dy.memory, as: y.descriptor),
                DNNL_ARG_DIFF_SRC_0: context.view(result, as: y.descriptor),
            ])
        return tensor(result, output.shape)
    }

    private func logSoftmax(_ layout: Descriptor) -> PrimitiveDescriptor {
        PrimitiveDescriptor("log-softmax") { onednn_log_softmax_forward($0, $1, layout.handle, 1) }
    }
}
