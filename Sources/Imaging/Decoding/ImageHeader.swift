/// The format and size of an encoded image, read without decoding its pixels: fast enough for millions of images.
public struct ImageHeader: Sendable, Hashable {
    /// The encoding.
    public let format: ImageFormat

    /// How the stored pixels must be turned to be upright.
    public let orientation: ImageOrientation

    /// The number of pages; only the first one is decoded.
    public let pageCount: Int

    /// The number of pixels in a row of the upright image, at least 1.
    public let width: Int

    /// The number of rows of the upright image, at least 1.
    public let height: Int

    /// Reads only the header, even if the pixels are damaged or too many.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ImageError) {
        self = try ImageFormat(of: bytes).codec.header(bytes)
    }

    /// Reads the header of the encoded image in `bytes`, without a copy if they are contiguous.
    public init(decoding bytes: some Collection<UInt8>) throws(ImageError) {
        self = try withRawBytes(of: bytes) { (raw) throws(ImageError) in try ImageHeader(decoding: raw) }
    }

    init(
        format: ImageFormat, width: Int, height: Int, orientation: ImageOrientation = .upright,
        pageCount: Int = 1
    ) {
        (self.format, self.width, self.height) = (format, width, height)
        (self.orientation, self.pageCount) = (orientation, pageCount)
    }

    /// The header of an image whose stored pixels have the size of this one, and the given orientation.
    func turned(_ orientation: ImageOrientation, pageCount: Int = 1) -> ImageHeader {
        let (width, height) = orientation.exchangesSides ? (height, width) : (width, height)
        return ImageHeader(
            format: format, width: width, height: height, orientation: orientation, pageCount: pageCount)
    }
}
