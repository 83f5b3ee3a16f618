import CPNG

/// A PNG in memory and libpng's decoder.
struct PNGReader: ~Copyable {
    /// The first bytes of each PNG.
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private let reader: OpaquePointer
    private let bytes: UnsafeRawBufferPointer

    /// Creates a reader of `bytes`, which must outlive it.
    init(_ bytes: UnsafeRawBufferPointer, limits: Image.Limits) throws(ImageError) {
        let reader = CPNGReaderCreate(
            bytes.baseAddress, bytes.count, UInt32(clamping: limits.maximumWidth),
            UInt32(clamping: limits.maximumHeight))
        guard let reader else { throw .corrupt(.png, reason: "libpng could not allocate memory") }
        self.reader = reader
        self.bytes = bytes
    }

    deinit { CPNGReaderDestroy(reader) }

    /// Decodes all pixels, and reads the PNG to its end, unless surplus image data follow the last row.
    func pixels() throws(ImageError) -> DecodedPixels {
        var (width, height, channels) = (UInt32(0), UInt32(0), UInt32(0))
        guard CPNGReaderReadInformation(reader, &width, &height, &channels) else { throw failure }
        let layout: DecodedPixels.Layout =
            switch channels {
            case 1: .grey
            case 2: .greyAlpha
            case 3: .rgb
            default: .rgba
            }
        let pixels = DecodedPixels(
            width: Int(width), height: Int(height), layout: layout,
            orientation: Exif.orientation(ofPNG: bytes))
        guard CPNGReaderReadSamples(reader, pixels.bytes.baseAddress) else { throw failure }
        return pixels
    }

    /// Reads the IHDR chunk, which follows the signature (PNG specification, section 5.6).
    static func header(of bytes: UnsafeRawBufferPointer) throws(ImageError) -> ImageHeader {
        let chunkStart = signature.count
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
        return ImageHeader(format: .png, width: width, height: height).turned(Exif.orientation(ofPNG: bytes))
    }

    private var failure: ImageError {
        let reason = String(cString: CPNGReaderMessage(reader))
        return CPNGReaderEnded(reader)
            ? .truncated(.png, count: bytes.count, reason: reason) : .corrupt(.png, reason: reason)
    }
}

extension ImageCodec {
    /// Portable Network Graphics, decoded by libpng.
    static let png = ImageCodec(
        signatures: [PNGReader.signature], fileExtension: "png", header: PNGReader.header,
        pixels: { (bytes, limits) throws(ImageError) in
            try limits.check(PNGReader.header(of: bytes))
            return try PNGReader(bytes, limits: limits).pixels()
        })
}
