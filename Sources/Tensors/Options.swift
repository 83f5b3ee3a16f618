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

/// How a filter moves over an image and what is applied to the result.
public struct ConvolutionOptions: Sendable, Hashable {
    /// Steps between neighbouring outputs.
    public var strides: Extent
    /// Zero pixels added on each of the two sides of a direction.
    public var padding: Extent
    /// Applied to the sum.
    public var activation: Activation

    /// Unit strides and no padding unless given.
    public init(
        strides: Extent = .square(1), padding: Extent = .square(0), activation: Activation = .identity
    ) {
        self.strides = strides
        self.padding = padding
        self.activation = activation
    }

    /// The shape `[batch × height × width × output]` that a kernel `[height × width × input × output]` makes.
    public func outputShape(of input: Shape, kernel: Shape) -> Shape {
        precondition(
            input.rank == 4 && kernel.rank == 4 && input[3] == kernel[2],
            "convolution of an image \(input) by a kernel \(kernel)")
        let window = Window(
            size: Extent(height: kernel[0], width: kernel[1]), strides: strides, padding: padding)
        return window.outputShape(of: input, channels: kernel[3])
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
