import CJPEG

/// A JPEG in memory and TurboJPEG's decoder.
struct JPEGReader: ~Copyable {
    private let handle: tjhandle
    private let bytes: UnsafeRawBufferPointer

    /// Creates a reader of `bytes`, which must outlive it.
    init(_ bytes: UnsafeRawBufferPointer) throws(ImageError) {
        guard let handle = tjInitDecompress() else {
            throw .corrupt(.jpeg, reason: "TurboJPEG could not allocate memory")
        }
        self.handle = handle
        self.bytes = bytes
    }

    deinit { tjDestroy(handle) }

    /// Reads format, size and orientation.
    func header() throws(ImageError) -> ImageHeader {
        try headerAndColours().header.turned(Exif.orientation(ofJPEG: bytes))
    }

    /// Decodes all pixels; throws if there are more than `limits` allow.
    func pixels(limits: Image.Limits) throws(ImageError) -> DecodedPixels {
        let (header, colours) = try headerAndColours()
        try limits.check(header)
        let (layout, format) = output(for: colours)
        let pixels = DecodedPixels(
            width: header.width, height: header.height, layout: layout,
            orientation: Exif.orientation(ofJPEG: bytes))
        let status = tjDecompress2(
            handle, firstByte, UInt(bytes.count), pixels.bytes.baseAddress, Int32(header.width), 0,
            Int32(header.height), Int32(format.rawValue), TJFLAG_LIMITSCANS)
        guard status == 0 || (warned && failure.isHarmless) else { throw failure.error }
        return pixels
    }

    private func headerAndColours() throws(ImageError) -> (header: ImageHeader, colours: TJCS) {
        var (width, height, subsampling, colours) = (Int32(0), Int32(0), Int32(0), Int32(0))
        let status = tjDecompressHeader3(
            handle, firstByte, UInt(bytes.count), &width, &height, &subsampling, &colours)
        guard status == 0 || warned, width > 0, height > 0 else { throw failure.error }
        let header = ImageHeader(format: .jpeg, width: Int(width), height: Int(height))
        return (header, TJCS(UInt32(bitPattern: colours)))
    }

    /// The layout to decode to: grey and CMYK remain; all else is decoded to RGB, to be converted to grey as a PNG is.
    private func output(for colours: TJCS) -> (DecodedPixels.Layout, TJPF) {
        switch colours {
        case TJCS_GRAY: (.grey, TJPF_GRAY)
        case TJCS_CMYK, TJCS_YCCK: (.invertedCMYK, TJPF_CMYK)
        default: (.rgb, TJPF_RGB)
        }
    }

    private var firstByte: UnsafePointer<UInt8>? { bytes.bindMemory(to: UInt8.self).baseAddress }

    /// Whether TurboJPEG's last message was a warning, not an error.
    private var warned: Bool { tjGetErrorCode(handle) == Int32(TJERR_WARNING.rawValue) }

    /// TurboJPEG's last message.
    private var failure: JPEGFailure {
        JPEGFailure(message: String(cString: tjGetErrorStr2(handle)), bytes: bytes)
    }
}

extension ImageCodec {
    /// JPEG, decoded by TurboJPEG.
    static let jpeg = ImageCodec(
        signatures: [[0xFF, 0xD8, 0xFF]], fileExtension: "jpg",
        header: { (bytes) throws(ImageError) in try JPEGReader(bytes).header() },
        pixels: { (bytes, limits) throws(ImageError) in try JPEGReader(bytes).pixels(limits: limits) })
}
