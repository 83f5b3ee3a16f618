/// A vertical and a horizontal amount in pixels.
public struct Extent: Sendable, Hashable, Codable {
    /// The vertical amount.
    public var height: Int
    /// The horizontal amount.
    public var width: Int

    /// An amount per direction.
    public init(height: Int, width: Int) {
        self.height = height
        self.width = width
    }

    /// The same amount in both directions.
    public static func square(_ size: Int) -> Extent { Extent(height: size, width: size) }
}

/// Zero pixels around an image.
public enum Padding: Sendable, Hashable {
    /// As many on each of the two sides of a direction.
    case pixels(Extent)
    /// As many as give ⌈size / stride⌉ outputs in each direction. Of an odd number, the greater half lies below
    /// and at the right, as TensorFlow has it.
    case same

    /// None: outputs lie where the whole kernel does.
    public static let none = Padding.pixels(.square(0))
    /// The same number on all four sides.
    public static func square(_ count: Int) -> Padding { .pixels(.square(count)) }
}

/// How a filter moves over an image and what is applied to the result.
public struct ConvolutionOptions: Sendable, Hashable {
    /// Steps between neighbouring outputs.
    public var strides: Extent
    /// Zero pixels around the image.
    public var padding: Padding
    /// Steps between the pixels under neighbouring weights of the kernel; 1 for neighbouring pixels.
    public var dilation: Extent
    /// Applied to the sum.
    public var activation: Activation

    /// Unit strides, no padding and a dense kernel unless given.
    public init(
        strides: Extent = .square(1), padding: Padding = .none, dilation: Extent = .square(1),
        activation: Activation = .identity
    ) {
        self.strides = strides
        self.padding = padding
        self.dilation = dilation
        self.activation = activation
    }

    /// The shape `[batch × height × width × output]` that a kernel `[height × width × input × output]` makes.
    public func outputShape(of input: Shape, kernel: Shape) -> Shape {
        let margins = margins(of: input, kernel: kernel)
        let padded: Shape = [
            input[0], input[1] + margins.before.height + margins.after.height,
            input[2] + margins.before.width + margins.after.width, input[3],
        ]
        let window = Window(size: reach(of: kernel), strides: strides)
        return window.outputShape(of: padded, channels: kernel[3])
    }

    /// The zero pixels above and at the left of an image, and those below and at its right.
    public func margins(of input: Shape, kernel: Shape) -> (before: Extent, after: Extent) {
        precondition(
            input.rank == 4 && kernel.rank == 4 && input[3] == kernel[2],
            "convolution of an image \(input) by a kernel \(kernel)")
        switch padding {
        case .pixels(let count): return (count, count)
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

    /// The pixels from a kernel's first weight to its last, both included.
    private func reach(of kernel: Shape) -> Extent {
        precondition(
            dilation.height > 0 && dilation.width > 0, "a dilation by \(dilation.height)×\(dilation.width)")
        return Extent(
            height: (kernel[0] - 1) * dilation.height + 1, width: (kernel[1] - 1) * dilation.width + 1)
    }

    private func sameMargins(_ size: Int, reach: Int, stride: Int) -> (before: Int, after: Int) {
        precondition(stride > 0, "a window that moves by \(strides.height)×\(strides.width)")
        let outputs = (size + stride - 1) / stride
        let total = max(0, (outputs - 1) * stride + reach - size)
        return (total / 2, total - total / 2)
    }
}

/// A window that slides over an image.
public struct Window: Sendable, Hashable, Codable {
    /// The window's extent.
    public var size: Extent
    /// Steps between neighbouring windows.
    public var strides: Extent
    /// Pixels added on each of the two sides of a direction.
    public var padding: Extent

    /// A window; unpadded unless told otherwise.
    public init(size: Extent, strides: Extent, padding: Extent = .square(0)) {
        self.size = size
        self.strides = strides
        self.padding = padding
    }

    /// The shape `[batch × height × width × channels]` of one output per window position.
    public func outputShape(of input: Shape, channels: Int) -> Shape {
        precondition(
            strides.height > 0 && strides.width > 0,
            "a window that moves by \(strides.height)×\(strides.width)")
        precondition(
            input[1] + 2 * padding.height >= size.height && input[2] + 2 * padding.width >= size.width,
            "a window of \(size.height)×\(size.width) does not fit an image \(input)")
        let height = (input[1] + 2 * padding.height - size.height) / strides.height + 1
        let width = (input[2] + 2 * padding.width - size.width) / strides.width + 1
        return [input[0], height, width, channels]
    }
}
