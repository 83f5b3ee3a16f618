internal import Requirements

/// A grey image with 8 bits per pixel, stored row by row from the top left: 0 is black, 255 is white.
public struct Image: Sendable, Hashable {
    /// The number of pixels in a row, at least 1.
    public let width: Int

    /// The number of rows, at least 1.
    public let height: Int

    /// The pixels, [height × width]. Their number is fixed.
    public var pixels: [UInt8] {
        didSet { require(pixels.count == width * height, "an image keeps its number of pixels") }
    }

    /// Creates an image of `pixels` [height × width].
    public init(width: Int, height: Int, pixels: [UInt8]) {
        require(width > 0 && height > 0, "an image has at least one pixel, not \(width) × \(height)")
        require(
            pixels.count == width * height,
            "\(pixels.count) pixels given for an image of \(width) × \(height)")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// Creates an image from uninitialized pixels [height × width], all of which `initialize` writes.
    init(width: Int, height: Int, initialize: (UnsafeMutableBufferPointer<UInt8>) -> Void) {
        let count = width * height
        let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialize(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
            initialized = count
        }
        self.init(width: width, height: height, pixels: pixels)
    }
}
