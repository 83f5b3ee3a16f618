internal import Requirements

/// How a kernel moves over an image, and the activation of the result.
public struct ConvolutionOptions: Sendable, Hashable {
    /// The step from one output to the next, in pixels of the input.
    public var strides: Extent
    /// Zeros around the image.
    public var padding: Padding
    /// The distance between the pixels under neighbouring weights; 1 for a dense kernel.
    public var dilation: Extent
    /// Applied to the sum.
    public var activation: Activation

    /// By default: unit strides, no padding, a dense kernel, no activation.
    public init(
        strides: Extent = .square(1), padding: Padding = .none, dilation: Extent = .square(1),
        activation: Activation = .identity
    ) {
        self.strides = strides
        self.padding = padding
        self.dilation = dilation
        self.activation = activation
    }

    /// The output's shape `[batch × height × width × output]` for a kernel `[height × width × input × output]`.
    public func outputShape(of input: Shape, kernel: Shape) -> Shape {
        let margins = margins(of: input, kernel: kernel)
        let padded: Shape = [
            input[0], input[1] + margins.before.height + margins.after.height,
            input[2] + margins.before.width + margins.after.width, input[3],
        ]
        let window = Window(size: reach(of: kernel), strides: strides)
        return window.outputShape(of: padded, channels: kernel[3])
    }

    /// The padding at the top and left of an image, and at its bottom and right.
    public func margins(of input: Shape, kernel: Shape) -> (before: Extent, after: Extent) {
        require(
            input.rank == 4 && kernel.rank == 4 && input[3] == kernel[2],
            "convolution of an image \(input) by a kernel \(kernel)")
        switch padding {
        case .pixels(let count):
            require(count.height >= 0 && count.width >= 0, "a padding by \(count) pixels")
            return (count, count)
        case .same:
            let reach = reach(of: kernel)
            let height = sameMargins(input[1], reach: reach.height, stride: strides.height)
            let width = sameMargins(input[2], reach: reach.width, stride: strides.width)
            return (
                Extent(height: height.before, width: width.before),
                Extent(height: height.after, width: width.after)
            )
        }
    }

    /// The extent of a dilated kernel in pixels.
    private func reach(of kernel: Shape) -> Extent {
        require(
            dilation.height > 0 && dilation.width > 0, "a dilation by \(dilation)")
        return Extent(
            height: (kernel[0] - 1) * dilation.height + 1, width: (kernel[1] - 1) * dilation.width + 1)
    }

    private func sameMargins(_ size: Int, reach: Int, stride: Int) -> (before: Int, after: Int) {
        require(stride > 0, "a window that moves by \(strides)")
        let outputs = (size + stride - 1) / stride
        let total = max(0, (outputs - 1) * stride + reach - size)
        return (total / 2, total - total / 2)
    }
}
