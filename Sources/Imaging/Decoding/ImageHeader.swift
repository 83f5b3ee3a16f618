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
        guard !bytes.isEmpty else { throw .empty }
        guard let format = ImageFormat(magicBytes: bytes) else {
            throw .unknownFormat(firstBytes: Array(bytes.prefix(4)))
        }
        switch format {
        case .png: try self.init(decodingPNG: bytes)
        case .jpeg: self = try JPEGReader(bytes).header()
        }
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

    /// Reads the IHDR chunk, which follows the signature (PNG specification, section 5.6).
    private init(decodingPNG bytes: UnsafeRawBufferPointer) throws(ImageError) {
        let chunkStart = ImageFormat.png.signature.count
        guard bytes.count >= chunkStart + 8 + 13 else {
            throw .truncated(.png, count: bytes.count, reason: "the header is incomplete")
        }
        guard bytes[chunkStart + 4..<chunkStart + 8].elementsEqual("IHDR".utf8) else {
            throw .corrupt(.png, reason: "the first chunk is not IHDR")
        }
        func size(at offset: Int) -> Int {
            Int(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: chunkStart + offset, as: UInt32.self)))
        }
        let (width, height) = (size(at: 8), size(at: 12))
        guard 1...Int(Int32.max) ~= width, 1...Int(Int32.max) ~= height else {
            throw .corrupt(.png, reason: "the header claims \(width) × \(height) pixels")
        }
        self.init(format: .png, width: width, height: height)
    }
}
