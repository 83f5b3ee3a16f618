/// The format and size of an encoded image, read without decoding its pixels: fast enough for millions of images.
public struct ImageHeader: Sendable, Hashable {
    /// The encoding.
    public let format: ImageFormat

    /// The number of pixels in a row, at least 1.
    public let width: Int

    /// The number of rows, at least 1.
    public let height: Int

    /// Reads only the header, even if the pixels are damaged or too many.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(ImageError) {
        self = try ImageFormat(of: bytes).codec.header(bytes)
    }

    /// Reads the header of the encoded image in `bytes`, without a copy if they are contiguous.
    public init(decoding bytes: some Collection<UInt8>) throws(ImageError) {
        self = try withRawBytes(of: bytes) { (raw) throws(ImageError) in try ImageHeader(decoding: raw) }
    }

    init(format: ImageFormat, width: Int, height: Int) {
        self.format = format
        self.width = width
        self.height = height
    }
}
