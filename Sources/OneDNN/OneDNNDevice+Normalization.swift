internal import COneDNN
public import Tensors

extension OneDNNDevice {
    /// Batch normalisation with given statistics, in the layout of the input.
    public func batchNormalization(
        _ input: Tensor, mean: Tensor, variance: Tensor, _ parameters: NormalizationParameters
    ) -> Tensor {
        guard input.shape.rank == 4 else {
            return asRows(input) { batchNormalization($0, mean: mean, variance: variance, parameters) }
        }
        context.useThreads()
        let source = storage(of: input).memory
        let result = context.memory(source.descriptor)
        context.run(
            normalization(dnnl_forward_inference, source.descriptor, parameters),
            [
                DNNL_ARG_SRC_0: source, DNNL_ARG_MEAN: rowMajor(mean), DNNL_ARG_VARIANCE: rowMajor(variance),
                DNNL_ARG_SCALE: rowMajor(parameters.scale), DNNL_ARG_SHIFT: rowMajor(parameters.shift),
                DNNL_ARG_DST_0: result,
            ])
        return activated(result, input.shape, parameters)
    }

    /// A normalised tensor after the activation, where the kernel did not apply it.
    private func activated(
        _ normalized: Memory, _ shape: Shape, _ parameters: NormalizationParameters
    ) -> Tensor {
        let output = tensor(normalized, shape)
        return parameters.fusesReLU ? output : activation(output, parameters.activation)
    }

    /// As `batchNormalization`, with the batch's own statistics.
    public func batchNormalizationForward(
        _ input: Tensor, _ parameters: NormalizationParameters
    ) -> NormalizedBatch {
        guard input.shape.rank == 4 else {
            var batch = batchNormalizationForward(rows(of: input), parameters)
            batch.output = reshaped(batch.output, to: input.shape)
            return batch
        }
        context.useThreads()
        let source = storage(of: input).memory
        let operation = normalization(dnnl_forward_training, source.descriptor, parameters)
        let result = context.memory(source.descriptor)
        let statistics = Shape([input.shape.last])
        let mean = context.memory(.rowMajor(statistics)), variance = context.memory(.rowMajor(statistics))
        let mask = context.memory(operation.layout(dnnl_query_workspace_md))
        context.run(
            operation,
            [
                DNNL_ARG_SRC_0: source, DNNL_ARG_DST_0: result, DNNL_ARG_MEAN: mean,
                DNNL_ARG_VARIANCE: variance, DNNL_ARG_WORKSPACE: mask,
                DNNL_ARG_SCALE: rowMajor(parameters.scale), DNNL_ARG_SHIFT: rowMajor(parameters.shift),
            ])
        return NormalizedBatch(
            output: activated(result, input.shape, parameters), mean: tensor(mean, statistics),
            variance: tensor(variance, statistics), workspace: mask)
    }

    /// The gradients of `batchNormalizationForward`; the input's in the input's layout.
    public func batchNormalizationBackward(
        _ outputGradient: Tensor, input: Tensor, batch: NormalizedBatch, _ parameters: NormalizationParameters
    ) -> NormalizationGradients {
        guard input.shape.rank == 4 else {
            var gradients = batchNormalizationBackward(
                rows(of: outputGradient), input: rows(of: input), batch: asRows(batch), parameters)
            gradients.input = reshaped(gradients.input, to: input.shape)
            return gradients
        }
        guard let mask = batch.workspace as? Memory else {
            preconditionFailure("batch normalisation backwards with a workspace of another device")
        }
        context.useThreads()
        let gradient =
            parameters.fusesReLU
            ? outputGradient
            : activationBackward(outputGradient, output: batch.output, parameters.activation)
        let source = storage(of: input).memory
        let result = context.memory(source.descriptor)
        let scale = context.memory(.rowMajor(parameters.scale.shape))
        let shift = context.memory(.rowMajor(parameters.scale.shape))
        context.run(
            normalizationGradient(source.descriptor, parameters),
            [
                DNNL_ARG_SRC_0: source, DNNL_ARG_MEAN: rowMajor(batch.mean),
                DNNL_ARG_VARIANCE: rowMajor(batch.variance), DNNL_ARG_WORKSPACE: mask,
                DNNL_ARG_SCALE: rowMajor(parameters.scale), DNNL_ARG_SHIFT: rowMajor(parameters.shift),
                DNNL_ARG_DIFF_DST_0: context.reordered(
                    storage(of: gradient).memory, to: source.descriptor),
                DNNL_ARG_DIFF_SRC_0: result, DNNL_ARG_DIFF_SCALE: scale, DNNL_ARG_DIFF_SHIFT: shift,
            ])
        return NormalizationGradients(
            input: tensor(result, input.shape), scale: tensor(scale, parameters.scale.shape),
            shift: tensor(shift, parameters.scale.shape))
    }

    /// A tensor of another rank as an image of one pixel per row.
    private func rows(of tensor: Tensor) -> Tensor {
        reshaped(tensor, to: [tensor.shape.rows, 1, 1, tensor.shape.last])
    }

    private func asRows(_ tensor: Tensor, _ kernel: (Tensor) -> Tensor) -> Tensor {
        reshaped(kernel(rows(of: tensor)), to: tensor.shape)
    }

    private func asRows(_ batch: NormalizedBatch) -> NormalizedBatch {
        var batch = batch
        batch.output = rows(of: batch.output)
        return batch
    }

    private func normalization(
        _ purpose: dnnl_prop_kind_t, _ layout: Descriptor, _ parameters: NormalizationParameters
    ) -> PrimitiveDescriptor {
        let given = purpose == dnnl_forward_inference ? dnnl_use_global_stats.rawValue : 0
        var operation = dnnl_batch_normalization_desc_t()
        withUnsafePointer(to: layout) {
            require(
                dnnl_batch_normalization_forward_desc_init(
                    &operation, purpose, $0, parameters.epsilon, given | parameters.flags),
                "batch normalisation")
        }
        return PrimitiveDescriptor("batch normalisation", operation)
    }

    private func normalizationGradient(
        _ layout: Descriptor, _ parameters: NormalizationParameters
    ) -> PrimitiveDescriptor {
        var operation = dnnl_batch_normalization_desc_t()
        withUnsafePointer(to: layout) {
            require(
                dnnl_batch_normalization_backward_desc_init(
                    &operation, dnnl_backward, $0, $0, parameters.epsilon, parameters.flags),
                "batch normalisation backwards")
        }
        return PrimitiveDescriptor(
            "batch normalisation backwards", operation,
            forward: normalization(dnnl_forward_training, layout, parameters))
    }
}

extension NormalizationParameters {
    /// Whether the kernel itself applies the activation.
    fileprivate var fusesReLU: Bool { activation == .relu }

    /// Separate scale and shift, and the ReLU inside the same kernel.
    fileprivate var flags: UInt32 {
        dnnl_use_scale.rawValue | dnnl_use_shift.rawValue
            | (fusesReLU ? dnnl_fuse_norm_relu.rawValue : 0)
    }
}
