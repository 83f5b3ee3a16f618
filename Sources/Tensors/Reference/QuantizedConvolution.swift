extension Device {
    /// The plain definition of the kernel.
    public func quantizedConvolution(
        _ input: Tensor, _ kernel: QuantizedKernel, _ options: ConvolutionOptions
    ) -> Tensor {
        kernel.requireRounding(after: options.activation)
        let shape = options.outputShape(of: input.shape, kernel: kernel.weights.shape)
        let sums = wholeSums(input, kernel, options, shape)
        let offsets = kernel.offsets.scalars
        let reals = sums.enumerated().map { index, sum in
            let output = index % shape.last
            let value = (Float(sum) + offsets[output]) * kernel.multipliers[output]
            return options.activation.value(at: value)
        }
        let values = kernel.outputScale.map { scale in reals.map { Float(wholeNumber($0)) * scale } } ?? reals
        return Tensor(values, shape: shape, like: input)
    }
}

/// The sums of products of whole inputs and weights, in row-major order of `shape`.
private func wholeSums(
    _ input: Tensor, _ kernel: QuantizedKernel, _ options: ConvolutionOptions, _ shape: Shape
) -> [Int32] {
    let units = 1 / kernel.inputScale
    let x = input.scalars.map { wholeNumber($0 * units) }
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

/// The nearest of 0…255; ties round to even, and what is not a number counts as 0.
private func wholeNumber(_ value: Float) -> Int32 {
    value > 0 ? Int32(min(value, 255).rounded(.toNearestOrEven)) : 0
}
