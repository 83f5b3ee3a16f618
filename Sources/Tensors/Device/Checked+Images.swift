internal import Requirements

/// Images are `[batch × height × width × channels]`, kernels `[height × width × input × output]`.
extension Checked {
    /// A kernel that fits the image, and a bias for each output.
    static func convolution(
        _ input: Shape, kernel: Shape, bias: Shape, _ options: ConvolutionOptions
    ) -> Checked {
        _ = options.outputShape(of: input, kernel: kernel)
        require(bias == [kernel[3]], "a bias \(bias) for a convolution by a kernel \(kernel)")
        return Checked()
    }

    /// A kernel that fits the image, and an activation after which the result can be quantized.
    static func quantizedConvolution(
        _ input: Shape, _ kernel: QuantizedKernel, _ options: ConvolutionOptions
    ) -> Checked {
        _ = options.outputShape(of: input, kernel: kernel.weights.shape)
        kernel.requireRounding(after: options.activation)
        return Checked()
    }

    /// An output and a gradient of the shape that the convolution gives.
    static func convolutionGradient(
        _ gradient: Shape, input: Shape, kernel: Shape, output: Shape, _ options: ConvolutionOptions
    ) -> Checked {
        let expected = options.outputShape(of: input, kernel: kernel)
        require(output == expected, "an output \(output) of a convolution that gives \(expected)")
        return .gradient(gradient, ofOutput: output)
    }

    /// A window that always covers a pixel of the image.
    static func pooling(_ input: Shape, _ window: Window) -> Checked {
        require(input.rank == 4, "pooling of an image [batch × height × width × channels], not of \(input)")
        require(
            window.padding.height < window.size.height && window.padding.width < window.size.width,
            "a window of \(window.size) that covers only padding, \(window.padding)")
        _ = window.outputShape(of: input, channels: input[3])
        return Checked()
    }

    /// A gradient of the shape that the pooling gives.
    static func poolingGradient(_ gradient: Shape, input: Shape, _ window: Window) -> Checked {
        _ = pooling(input, window)
        return .gradient(gradient, ofOutput: window.outputShape(of: input, channels: input[3]))
    }

    /// Parameters and, if given, statistics `[channels]`.
    static func normalization(
        _ input: Shape, _ parameters: NormalizationParameters, mean: Shape? = nil, variance: Shape? = nil
    ) -> Checked {
        let channels: Shape = [input.last]
        for (name, shape) in [
            ("scale", parameters.scale.shape), ("shift", parameters.shift.shape), ("mean", mean ?? channels),
            ("variance", variance ?? channels),
        ] {
            require(shape == channels, "a \(name) \(shape) for an input \(input) of \(channels) channels")
        }
        return Checked()
    }

    /// A batch of the input, and a gradient of its output.
    static func normalizationGradient(
        _ gradient: Shape, input: Shape, _ batch: NormalizedBatch, _ parameters: NormalizationParameters
    ) -> Checked {
        _ = normalization(input, parameters, mean: batch.mean.shape, variance: batch.variance.shape)
        require(batch.output.shape == input, "a normalized batch \(batch.output.shape) of an input \(input)")
        return .gradient(gradient, ofOutput: input)
    }
}
