internal import Requirements

/// A window that slides over an image.
public struct Window: Sendable, Hashable, Codable {
    /// The window's height and width.
    public var size: Extent
    /// The step from one window to the next.
    public var strides: Extent
    /// Pixels added at the top and at the bottom, and at the left and at the right.
    public var padding: Extent

    /// A window; by default, without padding.
    public init(size: Extent, strides: Extent, padding: Extent = .square(0)) {
        self.size = size
        self.strides = strides
        self.padding = padding
    }

    /// The shape `[batch × height × width × channels]` of one output per window position.
    public func outputShape(of input: Shape, channels: Int) -> Shape {
        require(
            strides.height > 0 && strides.width > 0 && size.height > 0 && size.width > 0
                && padding.height >= 0 && padding.width >= 0,
            "a window of \(size) that moves by \(strides), with a padding of \(padding)")
        require(
            input[1] + 2 * padding.height >= size.height && input[2] + 2 * padding.width >= size.width,
            "a window of \(size) does not fit an image \(input)")
        let height = (input[1] + 2 * padding.height - size.height) / strides.height + 1
        let width = (input[2] + 2 * padding.width - size.width) / strides.width + 1
        return [input[0], height, width, channels]
    }
}
