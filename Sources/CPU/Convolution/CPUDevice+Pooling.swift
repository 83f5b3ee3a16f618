internal import CKernels
internal import COneDNN
public import Tensors

/// Where each window's maximum was.
private struct PoolingWorkspace: Sendable {
    let winners: Memory
    /// The layout of the images, which the gradients take over.
    let layout: Descriptor
}

/// What the plain device remembers.
private struct PlainPoolingWorkspace: Sendable {
    let workspace: Workspace
}

extension CPUDevice {
    /// The maximum in each window; bytes, which are nowhere negative, stay bytes.
    public func maxPooling(_ input: Tensor, _ window: Window, relu: Bool) -> Tensor {
        context.useThreads()
        if let bytes = input.storage as? IntegerStorage, !bytes.isSigned { return pooled(bytes, window) }
        let source = storage(of: input).memory
        guard let pooling = MaxPooling(input.shape, source.descriptor, window, in: context) else {
            let plain = ReferenceDevice()
            return copied(plain.maxPooling(copied(input, to: plain), window, relu: relu), to: self)
        }
        return tensor(pooling.maxima(source, winners: nil, relu: relu), pooling.output)
    }

    /// As `maxPooling`, remembering the winners.
    public func maxPoolingForward(
        _ input: Tensor, _ window: Window, relu: Bool
    ) -> (output: Tensor, workspace: Workspace) {
        context.useThreads()
        let source = storage(of: input).memory
        guard let pooling = MaxPooling(input.shape, source.descriptor, window, in: context) else {
            let plain = ReferenceDevice()
            let found = plain.maxPoolingForward(copied(input, to: plain), window, relu: relu)
            return (copied(found.output, to: self), PlainPoolingWorkspace(workspace: found.workspace))
        }
        let winners = context.memory(pooling.winnersLayout)
        let output = pooling.maxima(source, winners: winners, relu: relu)
        return (tensor(output, pooling.output), PoolingWorkspace(winners: winners, layout: source.descriptor))
    }

    /// The gradient for the pooled image.
    public func maxPoolingBackward(
        _ outputGradient: Tensor, inputShape: Shape, _ window: Window, _ workspace: Workspace
    ) -> Tensor {
        if let known = workspace as? PlainPoolingWorkspace {
            let plain = ReferenceDevice()
            let gradient = plain.maxPoolingBackward(
                copied(outputGradient, to: plain), inputShape: inputShape, window, known.workspace)
            return copied(gradient, to: self)
        }
        guard let known = workspace as? PoolingWorkspace,
            let pooling = MaxPooling(inputShape, known.layout, window, in: context)
        else { preconditionFailure("max pooling backwards with a workspace of another device") }
        context.useThreads()
        return tensor(pooling.spread(storage(of: outputGradient).memory, known.winners), inputShape)
    }

    private func copied(_ tensor: Tensor, to device: any Device) -> Tensor {
        Tensor(tensor.scalars, shape: tensor.shape, on: device)
    }

    private func pooled(_ bytes: IntegerStorage, _ window: Window) -> Tensor {
        let shape = window.outputShape(of: bytes.shape, channels: bytes.shape[3])
        let source = bytes.memory.descriptor
        let target = Descriptor(anyLayoutOf: Descriptor.dimensions(shape), dnnl_u8)
        let description = onednn_pooling(
            source: source.handle, target: target.handle, strides: window.strides.pair,
            window: window.size.pair, padding: window.padding.pair)
        let operation = withExtendedLifetime((source, target)) {
            withUnsafePointer(to: description) { description in
                PrimitiveDescriptor("max pooling") {
                    onednn_max_pooling($0, $1, description)
                }
            }
        }
        let result = context.memory(operation.layout(dnnl_query_dst_md))
        context.run(operation, [DNNL_ARG_SRC_0: bytes.memory, DNNL_ARG_DST_0: result])
        return integers(result, shape, scale: bytes.units[0])
    }
}
