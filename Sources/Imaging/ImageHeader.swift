/// What an encoded picture says of itself before its pixels: cheap enough to sort millions by size.
public struct ImageHeader: Sendable, Hashable {
    /// The encoding.
    public let format: ImageFormat

    /// Pixels in a row, at least 1.
    public let width: Int

    /// Rows, at least 1.
    public let height: Int

    /// Reads the header alone: a picture whose pixels are damaged or too many still has one.
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

    /// Reads the header of the encoded picture in `bytes`, without a copy where they are contiguous.
    public init(decoding bytes: some Collection<UInt8>) throws(ImageError) {
        self = try withRawBytes(of: bytes) { (raw) throws(ImageError) in try ImageHeader(decoding: raw) }
    }

    init(format: ImageFormat, width: Int, height: Int) {
        self.format = format
        self.width = width
        self.height = height
    }

    /// Reads the IHDR chunk, which the PNG specification (section 5.6) puts directly after the signature.
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
