internal import CKernels
internal import COneDNN
public import Tensors

/// The position of the maximum in each window.
private struct PoolingWorkspace: Sendable {
    let winners: Scratch<UInt8>
    /// The layout of the images, which is also that of the gradients.
    let layout: Descriptor
}

/// The workspace of the reference device.
private struct ReferencePoolingWorkspace: Sendable {
    let workspace: Workspace
}

extension CPUDevice {
    /// The maximum in each window. A uint8 image stays in uint8, and its pixels need no ReLU.
    public func maxPooling(_ input: Tensor, _ window: Window, relu: Bool, _: Checked) -> Tensor {
        context.useThreads()
        if let image = input.storage as? QuantizedStorage, !image.isSigned { return pooled(image, window) }
        let source = storage(of: input).memory
        guard let pooling = MaxPooling(input.shape, source.descriptor, window, in: context) else {
            let reference = ReferenceDevice()
            return copied(reference.maxPooling(copied(input, to: reference), window, relu: relu), to: self)
        }
        return tensor(pooling.maxima(source, winners: nil, relu: relu), pooling.output)
    }

    /// As `maxPooling`, with the winners for the backward pass.
    public func maxPoolingForward(
        _ input: Tensor, _ window: Window, relu: Bool, _: Checked
    ) -> (output: Tensor, contents: any Sendable) {
        context.useThreads()
        let source = storage(of: input).memory
        guard let pooling = MaxPooling(input.shape, source.descriptor, window, in: context) else {
            let reference = ReferenceDevice()
            let found = reference.maxPoolingForward(copied(input, to: reference), window, relu: relu)
            return (copied(found.output, to: self), ReferencePoolingWorkspace(workspace: found.workspace))
        }
        let winners = pooling.winners()
        let output = pooling.maxima(source, winners: winners, relu: relu)
        return (tensor(output, pooling.output), PoolingWorkspace(winners: winners, layout: source.descriptor))
    }

    /// The gradient for the input of the pooling.
    public func maxPoolingBackward(
        _ outputGradient: Tensor, inputShape: Shape, _ window: Window, _ contents: any Sendable, _: Checked
    ) -> Tensor {
        if let known = contents as? ReferencePoolingWorkspace {
            let reference = ReferenceDevice()
            let gradient = reference.maxPoolingBackward(
                copied(outputGradient, to: reference), inputShape: inputShape, window, known.workspace)
            return copied(gradient, to: self)
        }
        guard let known = contents as? PoolingWorkspace,
            let pooling = MaxPooling(inputShape, known.layout, window, in: context)
        else { fatalError("contents of a workspace of another device") }
        context.useThreads()
        return tensor(pooling.inputGradient(storage(of: outputGradient).memory, known.winners), inputShape)
    }

    private func copied(_ tensor: Tensor, to device: any Device) -> Tensor {
        Tensor(tensor.scalars, shape: tensor.shape, on: device)
    }

    private func pooled(_ image: QuantizedStorage, _ window: Window) -> Tensor {
        let shape = window.outputShape(of: image.shape, channels: image.shape[3])
        let source = image.memory.descriptor
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
        context.run(operation, [DNNL_ARG_SRC_0: image.memory, DNNL_ARG_DST_0: result])
        return quantized(result, shape, scale: image.scales[0])
    }
}
