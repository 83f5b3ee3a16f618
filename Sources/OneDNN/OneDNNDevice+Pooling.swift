internal import CKernels
internal import COneDNN
public import Tensors

/// Where each window's maximum was.
private struct PoolingWorkspace: Sendable {
    let winners: Memory
    /// The layouts of the forward pass, which the gradients take over.
    let input: Descriptor
    let output: Descriptor
    /// Where oneDNN pooled and the ReLU followed, its result.
    var rectified: Tensor?
}

extension OneDNNDevice {
    /// The maximum in each window, in the layout of the input; bytes, which are nowhere negative, stay bytes.
    public func maxPooling(_ input: Tensor, _ window: Window, relu: Bool) -> Tensor {
        context.useThreads()
        let bytes = (input.storage as? IntegerStorage).flatMap { $0.isSigned ? nil : $0 }
        let source = bytes?.memory ?? storage(of: input).memory
        if let pooling = MaxPooling(input.shape, source.descriptor, window, in: context) {
            return tensor(pooling.maxima(source, winners: nil, relu: relu), pooling.output)
        }
        let operation = pooling(dnnl_forward_inference, source.descriptor, input.shape, window)
        let result = context.memory(operation.layout(dnnl_query_dst_md))
        context.run(operation, [DNNL_ARG_SRC_0: source, DNNL_ARG_DST_0: result])
        let shape = window.outputShape(of: input.shape, channels: input.shape[3])
        if let bytes { return integers(result, shape, scale: bytes.units[0]) }
        let output = tensor(result, shape)
        return relu ? activation(output, .relu) : output
    }

    /// As `maxPooling`, remembering the winners.
    public func maxPoolingForward(
        _ input: Tensor, _ window: Window, relu: Bool
    ) -> (output: Tensor, workspace: Workspace) {
        context.useThreads()
        let source = storage(of: input).memory
        if let pooling = MaxPooling(input.shape, source.descriptor, window, in: context) {
            let winners = context.memory(pooling.winnersLayout)
            let output = pooling.maxima(source, winners: winners, relu: relu)
            let workspace = PoolingWorkspace(
                winners: winners, input: pooling.inputLayout, output: output.descriptor)
            return (tensor(output, pooling.output), workspace)
        }
        return pooledByLibrary(source, input.shape, window, relu: relu)
    }

    private func pooledByLibrary(
        _ source: Memory, _ shape: Shape, _ window: Window, relu: Bool
    ) -> (output: Tensor, workspace: Workspace) {
        let operation = pooling(dnnl_forward_training, source.descriptor, shape, window)
        let result = context.memory(operation.layout(dnnl_query_dst_md))
        let winners = context.memory(operation.layout(dnnl_query_workspace_md))
        context.run(
            operation,
            [DNNL_ARG_SRC_0: source, DNNL_ARG_DST_0: result, DNNL_ARG_WORKSPACE: winners])
        let pooled = tensor(result, window.outputShape(of: shape, channels: shape[3]))
        let output = relu ? activation(pooled, .relu) : pooled
        let workspace = PoolingWorkspace(
            winners: winners, input: source.descriptor, output: result.descriptor,
            rectified: relu ? output : nil)
        return (output, workspace)
    }

    /// The gradient for the pooled image, in that image's layout.
    public func maxPoolingBackward(
        _ outputGradient: Tensor, inputShape: Shape, _ window: Window, _ workspace: Workspace
    ) -> Tensor {
        guard let workspace = workspace as? PoolingWorkspace else {
            preconditionFailure("max pooling backwards with a workspace of another device")
        }
        context.useThreads()
        let gradient = workspace.rectified.map { activationBackward(outputGradient, output: $0, .relu) }
        let source = context.reordered(
            storage(of: gradient ?? outputGradient).memory, to: workspace.output)
        let result = context.memory(workspace.input)
        if let pooling = MaxPooling(inputShape, workspace.input, window, in: context) {
            pooling.spread(source, workspace.winners, into: result)
            return tensor(result, inputShape)
        }
        let operation = PrimitiveDescriptor(
            "max pooling backwards", poolingGradient(workspace, window),
            forward: pooling(dnnl_forward_training, workspace.input, inputShape, window))
        context.run(
            operation,
            [
                DNNL_ARG_DIFF_DST_0: source, DNNL_ARG_WORKSPACE: workspace.winners,
                DNNL_ARG_DIFF_SRC_0: result,
            ])
        return tensor(result, inputShape)
    }

    private func pooling(
        _ purpose: dnnl_prop_kind_t, _ layout: Descriptor, _ input: Shape, _ window: Window
    ) -> PrimitiveDescriptor {
        let output = window.outputShape(of: input, channels: input[3])
        var operation = dnnl_pooling_desc_t()
        withUnsafePointer(to: layout) { source in
            withUnsafePointer(
                to: Descriptor(anyLayoutOf: Descriptor.dimensions(output), layout.data_type)
            ) { target in
                require(
                    dnnl_pooling_forward_desc_init(
                        &operation, purpose, dnnl_pooling_max, source, target, window.strides.sizes,
                        window.size.sizes, window.padding.sizes, window.padding.sizes), "max pooling")
            }
        }
        return PrimitiveDescriptor("max pooling", operation)
    }

    private func poolingGradient(_ workspace: PoolingWorkspace, _ window: Window) -> dnnl_pooling_desc_t {
        var operation = dnnl_pooling_desc_t()
        withUnsafePointer(to: workspace.input) { source in
            withUnsafePointer(to: workspace.output) { target in
                require(
                    dnnl_pooling_backward_desc_init(
                        &operation, dnnl_pooling_max, source, target, window.strides.sizes,
                        window.size.sizes, window.padding.sizes, window.padding.sizes),
                    "max pooling backwards")
            }
        }
        return operation
    }
}

extension Extent {
    /// The amounts as oneDNN takes them.
    var sizes: [Int64] { [Int64(height), Int64(width)] }
}
