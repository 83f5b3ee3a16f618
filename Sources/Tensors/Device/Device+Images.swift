/// The kernels of images with their checks; see the requirements of the same names.
extension Device {
    /// The activation of the correlation of an image with a kernel, plus a bias `[output]`.
    public func convolution(
        _ input: Tensor, kernel: Tensor, bias: Tensor, _ options: ConvolutionOptions
    ) -> Tensor {
        convolution(
            input, kernel: kernel, bias: bias, options,
            .convolution(input.shape, kernel: kernel.shape, bias: bias.shape, options))
    }

    /// As `convolution`, in integers.
    public func quantizedConvolution(
        _ input: Tensor, _ kernel: QuantizedKernel, _ options: ConvolutionOptions
    ) -> Tensor {
        quantizedConvolution(input, kernel, options, .quantizedConvolution(input.shape, kernel, options))
    }

    /// As `convolution`, with the algorithm chosen for a training step.
    public func convolutionForward(
        _ input: Tensor, kernel: Tensor, bias: Tensor, _ options: ConvolutionOptions
    ) -> Tensor {
        convolutionForward(
            input, kernel: kernel, bias: bias, options,
            .convolution(input.shape, kernel: kernel.shape, bias: bias.shape, options))
    }

    /// The gradients of a convolution; the input's only if `needsInput`.
    public func convolutionBackward(
        _ outputGradient: Tensor, input: Tensor, kernel: Tensor, output: Tensor,
        _ options: ConvolutionOptions, needsInput: Bool
    ) -> ConvolutionGradients {
        convolutionBackward(
            outputGradient, input: input, kernel: kernel, output: output, options, needsInput: needsInput,
            .convolutionGradient(
                outputGradient.shape, input: input.shape, kernel: kernel.shape, output: output.shape, options)
        )
    }

    /// The maximum in each window, then a ReLU if `relu`.
    public func maxPooling(_ input: Tensor, _ window: Window, relu: Bool = false) -> Tensor {
        maxPooling(input, window, relu: relu, .pooling(input.shape, window))
    }

    /// As `maxPooling`; the workspace holds the winners.
    public func maxPoolingForward(
        _ input: Tensor, _ window: Window, relu: Bool = false
    ) -> (output: Tensor, workspace: Workspace) {
        let found = maxPoolingForward(input, window, relu: relu, .pooling(input.shape, window))
        return (found.output, Workspace(found.contents, of: .maxPooling(input.shape, window), on: self))
    }

    /// The gradient for the pooled image of shape `inputShape`.
    public func maxPoolingBackward(
        _ outputGradient: Tensor, inputShape: Shape, _ window: Window, _ workspace: Workspace
    ) -> Tensor {
        maxPoolingBackward(
            outputGradient, inputShape: inputShape, window,
            workspace.contents(for: .maxPooling(inputShape, window), on: self),
            .poolingGradient(outputGradient.shape, input: inputShape, window))
    }

    /// `activation((input − mean) / √(variance + ε) · scale + shift)` per channel, with given statistics.
    public func batchNormalization(
        _ input: Tensor, mean: Tensor, variance: Tensor, _ parameters: NormalizationParameters
    ) -> Tensor {
        batchNormalization(
            input, mean: mean, variance: variance, parameters,
            .normalization(input.shape, parameters, mean: mean.shape, variance: variance.shape))
    }

    /// As `batchNormalization`, with the batch's own mean and biased variance.
    public func batchNormalizationForward(
        _ input: Tensor, _ parameters: NormalizationParameters
    ) -> NormalizedBatch {
        batchNormalizationForward(input, parameters, .normalization(input.shape, parameters))
    }

    /// The gradients of `batchNormalizationForward`.
    public func batchNormalizationBackward(
        _ outputGradient: Tensor, input: Tensor, batch: NormalizedBatch, _ parameters: NormalizationParameters
    ) -> NormalizationGradients {
        batchNormalizationBackward(
            outputGradient, input: input, batch: batch, parameters,
            .normalizationGradient(outputGradient.shape, input: input.shape, batch, parameters))
    }
}
