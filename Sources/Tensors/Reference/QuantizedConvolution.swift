extension Device {
    /// As `convolution`, in integers: the non-negative input is quantized to uint8, the kernel is int8, and the result
    /// is quantized, too, if the kernel has a scale for its output. See ``QuantizedKernel``.
    public func quantizedConvolution(
        _ input: Tensor, _ kernel: QuantizedKernel, _ options: ConvolutionOptions, _: Checked
    ) -> Tensor {
        let shape = options.outputShape(of: input.shape, kernel: kernel.weights.shape)
        let sums = integerSums(input, kernel, options, shape)
        let offsets = kernel.offsets.scalars
        let reals = sums.enumerated().map { index, sum in
            let output = index % shape.last
            let value = (Float(sum) + offsets[output]) * kernel.multipliers[output]
            return options.activation.value(at: value)
        }
        let values = kernel.outputScale.map { scale in reals.map { Float(quantized($0)) * scale } } ?? reals
        return Tensor(values, shape: shape, like: input)
    }
}

/// The sums of products of the quantized input and the weights, in row-major order of `shape`.
private func integerSums(
    _ input: Tensor, _ kernel: QuantizedKernel, _ options: ConvolutionOptions, _ shape: Shape
) -> [Int32] {
    let inverseScale = 1 / kernel.inputScale
    let x = input.scalars.map { quantized($0 * inverseScale) }
    let k = kernel.weights.scalars.map { Int32($0) }
    let inputs = kernel.weights.shape[2], outputs = kernel.weights.shape[3]
    var sums = [Int32](repeating: 0, count: shape.count)
    forEachTap(input.shape, kernel.weights.shape, shape, options) { pixel, tap, position in
        for i in 0..<inputs {
            let value = x[pixel * inputs + i], row = (tap * inputs + i) * outputs
            for o in 0..<outputs { sums[position * outputs + o] += value * k[row + o] }
        }
    }
    return sums
}

/// The nearest integer in 0…255; ties round to even, NaN becomes 0.
private func quantized(_ value: Float) -> Int32 {
    value > 0 ? Int32(min(value, 255).rounded(.toNearestOrEven)) : 0
}
