import Tensors

extension Convolution2D {
    /// This convolution by whole numbers of 8 bits, for inference on images that are nowhere negative.
    ///
    /// - Parameter inputScale: What one of 255 units of the input stands for; greater values count as 255.
    public func quantized(inputScale: Float) -> Convolution2D {
        var quantized = self
        quantized.compute(
            with: QuantizedKernel(
                rounding: kernel.value, bias: bias.value.scalars, inputScale: inputScale))
        return quantized
    }

    /// Computes with the whole weights that `kernel` holds, such as those of a file, from now on.
    ///
    /// - Parameters:
    ///   - scales: What one unit of the weights stands for, `[output]`; positive.
    ///   - inputScale: What one unit of the input stands for; positive.
    public mutating func quantizeByKernel(scales: [Float], inputScale: Float) {
        compute(
            with: QuantizedKernel(
                weights: kernel.value, scales: scales, bias: bias.value.scalars, inputScale: inputScale))
    }

    /// Hands over the result in whole numbers of this scale, or in floats where it is nil.
    public mutating func setOutputScale(_ scale: Float?) { quantized = quantized?.rescaled(output: scale) }

    /// This convolution in floats, with the weights that the whole ones stand for.
    public var dequantized: Convolution2D {
        guard let quantized else { return self }
        var plain = self
        plain.kernel = Parameter(quantized.realWeights)
        plain.quantized = nil
        return plain
    }

    private mutating func compute(with kernel: QuantizedKernel) {
        self.kernel = Parameter(kernel.weights)
        quantized = kernel
    }
}
