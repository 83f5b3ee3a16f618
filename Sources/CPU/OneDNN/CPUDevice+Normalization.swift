internal import COneDNN
public import Tensors

extension CPUDevice {
    /// Batch normalization with given statistics, in the layout of the input.
    public func batchNormalization(
        _ input: Tensor, mean: Tensor, variance: Tensor, _ parameters: NormalizationParameters, _: Checked
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
        return activation(tensor(result, input.shape), parameters.activation)
    }

    /// As `batchNormalization`, with the statistics of the batch.
    public func batchNormalizationForward(
        _ input: Tensor, _ parameters: NormalizationParameters, _: Checked
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
        context.run(
            operation,
            [
                DNNL_ARG_SRC_0: source, DNNL_ARG_DST_0: result, DNNL_ARG_MEAN: mean,
                DNNL_ARG_VARIANCE: variance, DNNL_ARG_SCALE: rowMajor(parameters.scale),
                DNNL_ARG_SHIFT: rowMajor(parameters.shift),
            ])
        return NormalizedBatch(
            output: activation(tensor(result, input.shape), parameters.activation),
            mean: tensor(mean, statistics), variance: tensor(variance, statistics))
    }

    /// The gradients of `batchNormalizationForward`. The input's has the layout of the input.
    public func batchNormalizationBackward(
        _ outputGradient: Tensor, input: Tensor, batch: NormalizedBatch,
        _ parameters: NormalizationParameters, _: Checked
    ) -> NormalizationGradients {
        guard input.shape.rank == 4 else {
            var gradients = batchNormalizationBackward(
                rows(of: outputGradient), input: rows(of: input), batch: asRows(batch), parameters)
            gradients.input = reshaped(gradients.input, to: input.shape)
            return gradients
        }
        return imageNormalizationBackward(outputGradient, input: input, batch: batch, parameters)
    }

    private func imageNormalizationBackward(
        _ outputGradient: Tensor, input: Tensor, batch: NormalizedBatch, _ parameters: NormalizationParameters
    ) -> NormalizationGradients {
        context.useThreads()
        let gradient = activationBackward(outputGradient, output: batch.output, parameters.activation)
        let source = storage(of: input).memory
        let result = context.memory(source.descriptor)
        let scale = context.memory(.rowMajor(parameters.scale.shape))
        let shift = context.memory(.rowMajor(parameters.scale.shape))
        context.run(
            normalizationGradient(source.descriptor, parameters),
            [
                DNNL_ARG_SRC_0: source, DNNL_ARG_MEAN: rowMajor(batch.mean),
                DNNL_ARG_VARIANCE: rowMajor(batch.variance),
                DNNL_ARG_SCALE: rowMajor(parameters.scale),
                DNNL_ARG_DIFF_DST_0: context.reordered(
                    storage(of: gradient).memory, to: source.descriptor),
                DNNL_ARG_DIFF_SRC_0: result, DNNL_ARG_DIFF_SCALE: scale, DNNL_ARG_DIFF_SHIFT: shift,
            ],
            and: onednn_normalization_gradient_takes_shift()
                ? (DNNL_ARG_SHIFT, rowMajor(parameters.shift)) : nil)
        return NormalizationGradients(
            input: tensor(result, input.shape), scale: tensor(scale, parameters.scale.shape),
            shift: tensor(shift, parameters.scale.shape))
    }

    /// A tensor of another rank as images of one pixel, one image per row.
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
        return PrimitiveDescriptor("batch normalization") {
            onednn_batch_normalization_forward(
                $0, $1, layout.handle, parameters.epsilon, given | scaleAndShift, purpose)
        }
    }

    private func normalizationGradient(
        _ layout: Descriptor, _ parameters: NormalizationParameters
    ) -> PrimitiveDescriptor {
        let forward = normalization(dnnl_forward_training, layout, parameters)
        return PrimitiveDescriptor("batch normalization's gradient", forward: forward) {
            onednn_batch_normalization_gradient($0, $1, layout.handle, parameters.epsilon, scaleAndShift)
        }
    }

    /// The flags for a separate scale and shift.
    private var scaleAndShift: UInt32 { dnnl_use_scale.rawValue | dnnl_use_shift.rawValue }
}
