extension Device {
    /// The activation of the correlation of `input` with `kernel` `[height × width × input × output]`, plus `bias`.
    public func convolution(
        _ input: Tensor, kernel: Tensor, bias: Tensor, _ options: ConvolutionOptions, _: Checked
    ) -> Tensor {
        let shape = options.outputShape(of: input.shape, kernel: kernel.shape)
        let x = input.scalars, k = kernel.scalars, b = bias.scalars
        let inputs = kernel.shape[2], outputs = kernel.shape[3]
        var y = [Float](repeating: 0, count: shape.count)
        for position in 0..<shape.rows { for o in 0..<outputs { y[position * outputs + o] = b[o] } }
        forEachTap(input.shape, kernel.shape, shape, options) { pixel, tap, position in
            for i in 0..<inputs {
                let value = x[pixel * inputs + i], row = (tap * inputs + i) * outputs
                for o in 0..<outputs { y[position * outputs + o] += value * k[row + o] }
            }
        }
        return activation(Tensor(y, shape: shape, like: input), options.activation)
    }

    /// The plain kernel has one algorithm.
    public func convolutionForward(
        _ input: Tensor, kernel: Tensor, bias: Tensor, _ options: ConvolutionOptions, _: Checked
    ) -> Tensor {
        convolution(input, kernel: kernel, bias: bias, options)
    }

    /// The gradients of a convolution; the input's only if `needsInput`. Without an activation, only the shape of
    /// `output` is used. Each tap of the kernel follows the product rule.
    public func convolutionBackward(
        _ outputGradient: Tensor, input: Tensor, kernel: Tensor, output: Tensor,
        _ options: ConvolutionOptions,
        needsInput: Bool, _: Checked
    ) -> ConvolutionGradients {
        let dy = activationBackward(outputGradient, output: output, options.activation).scalars
        let x = input.scalars, k = kernel.scalars
        let inputs = kernel.shape[2], outputs = kernel.shape[3]
        var dx = [Float](repeating: 0, count: x.count)
        var dk = [Float](repeating: 0, count: k.count)
        var db = [Float](repeating: 0, count: outputs)
        for position in 0..<output.shape.rows { for o in 0..<outputs { db[o] += dy[position * outputs + o] } }
        forEachTap(input.shape, kernel.shape, output.shape, options) { pixel, tap, position in
            for i in 0..<inputs {
                let value = x[pixel * inputs + i], row = (tap * inputs + i) * outputs
                var sum: Float = 0
                for o in 0..<outputs {
                    let gradient = dy[position * outputs + o]
                    dk[row + o] += value * gradient
                    sum += k[row + o] * gradient
                }
                dx[pixel * inputs + i] += sum
            }
        }
        return ConvolutionGradients(
            input: needsInput ? Tensor(dx, shape: input.shape, like: input) : nil,
            kernel: Tensor(dk, shape: kernel.shape, like: input),
            bias: Tensor(db, shape: [outputs], like: input))
    }
}

/// Calls `body` for every product of a convolution: input pixel, kernel tap and output position.
func forEachTap(
    _ input: Shape, _ kernel: Shape, _ output: Shape, _ options: ConvolutionOptions,
    _ body: (_ pixel: Int, _ tap: Int, _ position: Int) -> Void
) {
    let margins = options.margins(of: input, kernel: kernel).before
    for n in 0..<output[0] {
        for y in 0..<output[1] {
            for x in 0..<output[2] {
                let position = (n * output[1] + y) * output[2] + x
                for ky in 0..<kernel[0] {
                    let row = y * options.strides.height + ky * options.dilation.height - margins.height
                    guard row >= 0, row < input[1] else { continue }
                    for kx in 0..<kernel[1] {
                        let column = x * options.strides.width + kx * options.dilation.width - margins.width
                        guard column >= 0, column < input[2] else { continue }
                        body((n * input[1] + row) * input[2] + column, ky * kernel[1] + kx, position)
                    }
                }
            }
        }
    }
}
