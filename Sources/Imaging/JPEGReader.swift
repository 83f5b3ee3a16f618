import CJPEG

/// One JPEG in memory and TurboJPEG's reader of it.
struct JPEGReader: ~Copyable {
    private let handle: tjhandle
    private let bytes: UnsafeRawBufferPointer

    /// Prepares reading; `bytes` outlive the reader.
    init(_ bytes: UnsafeRawBufferPointer) throws(ImageError) {
        guard let handle = tjInitDecompress() else {
            throw .corrupt(.jpeg, reason: "TurboJPEG found no memory to begin")
        }
        self.handle = handle
        self.bytes = bytes
    }

    deinit { tjDestroy(handle) }

    /// Reads format and size.
    func header() throws(ImageError) -> ImageHeader { try headerAndColours().header }

    /// Decodes all pixels, if `limits` allow so many.
    func samples(limits: Image.Limits) throws(ImageError) -> Samples {
        let (header, colours) = try headerAndColours()
        try limits.check(header)
        let (layout, format) = output(for: colours)
        let samples = Samples(width: header.width, height: header.height, layout: layout)
        let status = tjDecompress2(
            handle, firstByte, UInt(bytes.count), samples.bytes.baseAddress, Int32(header.width), 0,
            Int32(header.height), Int32(format.rawValue), TJFLAG_LIMITSCANS)
        guard status == 0 || (warned && failure.isHarmless) else { throw failure.error }
        return samples
    }

    private func headerAndColours() throws(ImageError) -> (header: ImageHeader, colours: TJCS) {
        var (width, height, subsampling, colours) = (Int32(0), Int32(0), Int32(0), Int32(0))
        let status = tjDecompressHeader3(
            handle, firstByte, UInt(bytes.count), &width, &height, &subsampling, &colours)
        guard status == 0 || warned, width > 0, height > 0 else { throw failure.error }
        let header = ImageHeader(format: .jpeg, width: Int(width), height: Int(height))
        return (header, TJCS(UInt32(bitPattern: colours)))
    }

    /// Grey stays grey and inks stay inks; all else is asked for as RGB, so that it turns grey as a PNG does.
    private func output(for colours: TJCS) -> (Samples.Layout, TJPF) {
        switch colours {
        case TJCS_GRAY: (.grey, TJPF_GRAY)
        case TJCS_CMYK, TJCS_YCCK: (.invertedCMYK, TJPF_CMYK)
        default: (.rgb, TJPF_RGB)
        }
    }

    private var firstByte: UnsafePointer<UInt8>? { bytes.bindMemory(to: UInt8.self).baseAddress }

    /// Whether TurboJPEG's last complaint was a warning, not an error.
    private var warned: Bool { tjGetErrorCode(handle) == Int32(TJERR_WARNING.rawValue) }

    /// TurboJPEG's last complaint.
    private var failure: JPEGFailure {
        JPEGFailure(message: String(cString: tjGetErrorStr2(handle)), bytes: bytes)
    }
}
