internal import COneDNN
public import Tensors

extension OneDNNDevice {
    /// max(0, x), in the layout of x.
    public func relu(_ input: Tensor) -> Tensor {
        context.useThreads()
        let source = storage(of: input).memory
        let result = context.memory(source.descriptor)
        context.run(
            reluForward(source.descriptor), [DNNL_ARG_SRC_0: source, DNNL_ARG_DST_0: result])
        return tensor(result, input.shape)
    }

    /// The gradient of `relu`, from its output.
    public func reluBackward(_ outputGradient: Tensor, output: Tensor) -> Tensor {
        context.useThreads()
        let gradient = reluGradient(
            storage(of: outputGradient).memory, output: storage(of: output).memory)
        return tensor(gradient, output.shape)
    }

    /// The gradient where the output is positive, in the output's layout.
    func reluGradient(_ gradient: Memory, output: Memory) -> Memory {
        let layout = output.descriptor
        var operation = dnnl_eltwise_desc_t()
        withUnsafePointer(to: layout) {
            require(
                dnnl_eltwise_backward_desc_init(
                    &operation, dnnl_eltwise_relu_use_dst_for_bwd, $0, $0, 0, 0), "a ReLU's gradient")
        }
        let result = context.memory(layout)
        context.run(
            PrimitiveDescriptor("a ReLU's gradient", operation, forward: reluForward(layout)),
            [
                DNNL_ARG_DST_0: output, DNNL_ARG_DIFF_DST_0: context.reordered(gradient, to: layout),
                DNNL_ARG_DIFF_SRC_0: result,
            ])
        return result
    }

    private func reluForward(_ layout: Descriptor) -> PrimitiveDescriptor {
        var operation = dnnl_eltwise_desc_t()
        withUnsafePointer(to: layout) {
            require(
                dnnl_eltwise_forward_desc_init(
                    &operation, dnnl_forward_training, dnnl_eltwise_relu_use_dst_for_bwd, $0, 0, 0), "a ReLU")
        }
        return PrimitiveDescriptor("a ReLU", operation)
    }
}
