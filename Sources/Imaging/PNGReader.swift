import CPNG

/// One PNG in memory and libpng's reader of it.
struct PNGReader: ~Copyable {
    private let reader: OpaquePointer
    private let count: Int

    /// Prepares reading; `bytes` outlive the reader.
    init(_ bytes: UnsafeRawBufferPointer, limits: Image.Limits) throws(ImageError) {
        let reader = CPNGReaderCreate(
            bytes.baseAddress, bytes.count, UInt32(clamping: limits.maximumWidth),
            UInt32(clamping: limits.maximumHeight))
        guard let reader else { throw .corrupt(.png, reason: "libpng found no memory to begin") }
        self.reader = reader
        count = bytes.count
    }

    deinit { CPNGReaderDestroy(reader) }

    /// Decodes all pixels and reads on to the end of the PNG.
    func samples() throws(ImageError) -> Samples {
        var (width, height, channels) = (UInt32(0), UInt32(0), UInt32(0))
        guard CPNGReaderReadInformation(reader, &width, &height, &channels) else { throw failure }
        let layout: Samples.Layout =
            switch channels {
            case 1: .grey
            case 2: .greyAlpha
            case 3: .rgb
            default: .rgba
            }
        let samples = Samples(width: Int(width), height: Int(height), layout: layout)
        guard CPNGReaderReadSamples(reader, samples.bytes.baseAddress) else { throw failure }
        return samples
    }

    private var failure: ImageError {
        let reason = String(cString: CPNGReaderMessage(reader))
        return CPNGReaderEnded(reader)
            ? .truncated(.png, count: count, reason: reason) : .corrupt(.png, reason: reason)
    }
}

extension Image {
    /// The picture as an 8-bit grey PNG.
    ///
    /// Throws `ImageError.unwritable` where libpng refuses the size (a side above a million pixels).
    public func encodedPNG() throws(ImageError) -> [UInt8] {
        let (width, height) = (UInt32(clamping: width), UInt32(clamping: height))
        var count = CPNGEncodedBound(width, height)
        var encoded = [UInt8](repeating: 0, count: count)
        var message = [CChar](repeating: 0, count: 64)
        guard CPNGEncode(pixels, width, height, &encoded, &count, &message) else {
            let text = message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
            throw .unwritable(.png, reason: String(decoding: text, as: UTF8.self))
        }
        encoded.removeSubrange(count...)
        return encoded
    }
}
