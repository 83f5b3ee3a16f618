internal import COneDNN
public import Tensors

extension OneDNNDevice {
    /// The logarithm of the softmax over the last axis; rows keep their order.
    public func logSoftmax(_ input: Tensor) -> Tensor {
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

    /// The gradient of `logSoftmax`, from its output.
    public func logSoftmaxBackward(_ outputGradient: Tensor, output: Tensor) -> Tensor {
        context.useThreads()
        let y = storage(of: output).rows
        let dy = storage(of: outputGradient).rows(in: y.order)
        let result = context.memory(y.memory.descriptor)
        var operation = dnnl_softmax_desc_t()
        withUnsafePointer(to: y.descriptor) {
            require(
                dnnl_logsoftmax_backward_desc_init(&operation, $0, $0, 1), "log-softmax backwards")
        }
        context.run(
            PrimitiveDescriptor("log-softmax backwards", operation, forward: logSoftmax(y.descriptor)),
            [
                DNNL_ARG_DST_0: context.view(y.memory, as: y.descriptor),
                DNNL_ARG_DIFF_DST_0: context.view(dy.memory, as: y.descriptor),
                DNNL_ARG_DIFF_SRC_0: context.view(result, as: y.descriptor),
            ])
        return tensor(result, output.shape)
    }

    private func logSoftmax(_ layout: Descriptor) -> PrimitiveDescriptor {
        var operation = dnnl_softmax_desc_t()
        withUnsafePointer(to: layout) {
            require(
                dnnl_logsoftmax_forward_desc_init(&operation, dnnl_forward_training, $0, 1), "log-softmax")
        }
        return PrimitiveDescriptor("log-softmax", operation)
    }
}
