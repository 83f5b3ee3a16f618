import CPNG

/// A PNG in memory and libpng's decoder.
struct PNGReader: ~Copyable {
    private let reader: OpaquePointer
    private let count: Int

    /// Creates a reader of `bytes`, which must outlive it.
    init(_ bytes: UnsafeRawBufferPointer, limits: Image.Limits) throws(ImageError) {
        let reader = CPNGReaderCreate(
            bytes.baseAddress, bytes.count, UInt32(clamping: limits.maximumWidth),
            UInt32(clamping: limits.maximumHeight))
        guard let reader else { throw .corrupt(.png, reason: "libpng could not allocate memory") }
        self.reader = reader
        count = bytes.count
    }

    deinit { CPNGReaderDestroy(reader) }

    /// Decodes all pixels, and reads the PNG to its end.
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
        let pixels = DecodedPixels(width: Int(width), height: Int(height), layout: layout)
        guard CPNGReaderReadSamples(reader, pixels.bytes.baseAddress) else { throw failure }
        return pixels
    }

    private var failure: ImageError {
        let reason = String(cString: CPNGReaderMessage(reader))
        return CPNGReaderEnded(reader)
            ? .truncated(.png, count: count, reason: reason) : .corrupt(.png, reason: reason)
    }
}
