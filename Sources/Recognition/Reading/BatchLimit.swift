/// The largest batch of images of one width; it bounds the memory of a pass through the network.
public struct BatchLimit: Sendable {
    /// The greatest number of images.
    public var images: Int
    /// The greatest number of pixels of all images together.
    public var pixels: Int
    /// The height of the images in pixels.
    public var height: Int

    /// Creates a limit for images of the given height.
    public init(images: Int = .max, pixels: Int, height: Int) {
        (self.images, self.pixels, self.height) = (images, pixels, height)
    }

    /// The number of images of a full batch, at least 1, if images are `width` pixels wide.
    public func count(forWidth width: Int) -> Int { max(1, min(images, pixels / (width * height))) }
}
