import Tensors

extension Convolution2D {
    /// The int8 convolution for inference on images without negative values.
    ///
    /// - Parameter inputScale: The quantization scale of the input; values above 255 · `inputScale` are clamped.
    public func quantized(inputScale: Float) -> Convolution2D {
        var quantized = self
        quantized.compute(
            with: QuantizedKernel(
                quantizing: kernel.value, bias: bias.value.scalars, inputScale: inputScale))
        return quantized
    }

    /// Switches to int8 inference with the int8 weights that `kernel` holds, such as those of a checkpoint.
    ///
    /// - Parameters:
    ///   - scales: The quantization scale of each output's weights, `[output]`; positive.
    ///   - inputScale: The quantization scale of the input; positive.
    public mutating func quantizeByKernel(scales: [Float], inputScale: Float) {
        compute(
            with: QuantizedKernel(
                weights: kernel.value, scales: scales, bias: bias.value.scalars, inputScale: inputScale))
    }

    /// Quantizes the output by this scale; nil leaves it in floats.
    public mutating func setOutputScale(_ scale: Float?) { quantized = quantized?.rescaled(output: scale) }

    /// The float convolution of the dequantized weights.
    public var dequantized: Convolution2D {
        guard let quantized else { return self }
        var plain = self
        plain.kernel = Parameter(quantized.dequantizedWeights)
        plain.quantized = nil
        return plain
    }

    private mutating func compute(with kernel: QuantizedKernel) {
        self.kernel = Parameter(kernel.weights)
        quantized = kernel
    }
}
