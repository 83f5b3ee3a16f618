/// An image in memory that Leptonica decodes.
struct LeptonicaReader {
    private let format: ImageFormat
    private let bytes: UnsafeRawBufferPointer
    private let library: Leptonica

    /// Creates a reader of `bytes`, which must outlive it.
    init(_ format: ImageFormat, _ bytes: UnsafeRawBufferPointer) throws(ImageError) {
        guard let library = Leptonica.shared else { throw .missingLibrary(format) }
        (self.format, self.bytes, self.library) = (format, bytes, library)
    }

    /// Reads the size of the stored pixels.
    func header() throws(ImageError) -> ImageHeader {
        var (kind, width, height, depth, samples, map) = (
            Int32(), Int32(), Int32(), Int32(), Int32(), Int32()
        )
        let status = library.readHeader(
            bytes.baseAddress, bytes.count, &kind, &width, &height, &depth, &samples, &map)
        guard status == 0, width > 0, height > 0 else {
            throw .corrupt(format, reason: "its header is damaged, or of a kind that Leptonica does not read")
        }
        guard depth <= 8 || samples == 1 else {
            throw .unsupported(format, reason: "\(samples) channels of \(depth) bits")
        }
        return ImageHeader(format: format, width: Int(width), height: Int(height))
    }

    /// Decodes all pixels; throws if there are more than `limits` allow.
    ///
    /// - Parameters:
    ///   - limits: The maximum size.
    ///   - orientation: How the decoded pixels must be turned; Leptonica turns a TIFF upright itself.
    ///   - isPremultiplied: Whether Leptonica multiplies colours by their alpha.
    func pixels(
        _ limits: Image.Limits, orientation: ImageOrientation = .upright, isPremultiplied: Bool = false
    ) throws(ImageError) -> DecodedPixels {
        try limits.check(header())
        guard let decoded = library.read(bytes.baseAddress, bytes.count) else { throw undecodable }
        defer { destroy(decoded) }
        let isColoured = library.colorMap(decoded) != nil || library.depth(decoded) == 32
        let converted = isColoured ? library.convertTo32(decoded) : library.convertTo8(decoded, 0)
        guard let converted else { throw undecodable }
        defer { destroy(converted) }
        let hasAlpha = isColoured && library.samples(decoded) == 4
        let layout: DecodedPixels.Layout = !isColoured ? .grey : hasAlpha ? .rgba : .rgb
        let pixels = DecodedPixels(
            width: Int(library.width(converted)), height: Int(library.height(converted)), layout: layout,
            orientation: orientation)
        try copy(converted, to: pixels)
        if isPremultiplied, hasAlpha { pixels.divideByAlpha() }
        return pixels
    }

    /// Copies the channels of each pixel out of Leptonica's 32-bit words, whose most significant byte comes first.
    private func copy(_ source: Leptonica.Pixels, to pixels: borrowing DecodedPixels) throws(ImageError) {
        guard let words = library.words(source) else { throw undecodable }
        let (wordsPerRow, channels) = (Int(library.wordsPerRow(source)), pixels.layout.channels)
        let spacing = channels == 1 ? 1 : 4
        for row in 0..<pixels.height {
            let line = words + row * wordsPerRow
            for column in 0..<pixels.width {
                for channel in 0..<channels {
                    let place = column * spacing + channel
                    pixels.bytes[(row * pixels.width + column) * channels + channel] =
                        UInt8(truncatingIfNeeded: line[place / 4] >> UInt32(24 - place % 4 * 8))
                }
            }
        }
    }

    private var undecodable: ImageError {
        .corrupt(format, reason: "Leptonica cannot decode it: it is damaged, incomplete or of a rare kind")
    }

    private func destroy(_ pixels: Leptonica.Pixels) {
        var pixels: Leptonica.Pixels? = pixels
        library.destroy(&pixels)
    }
}

extension DecodedPixels {
    /// Divides the colours of RGBA pixels by their alpha.
    fileprivate borrowing func divideByAlpha() {
        for start in stride(from: 0, to: bytes.count, by: 4) where bytes[start + 3] > 0 {
            let alpha = Int(bytes[start + 3])
            for channel in start..<start + 3 {
                bytes[channel] = UInt8(min(255, (Int(bytes[channel]) * 255 + alpha / 2) / alpha))
            }
        }
    }
}

extension ImageCodec {
    /// Tagged Image File Format, decoded by Leptonica: the first page.
    static let tiff = ImageCodec(
        signatures: [
            [0x49, 0x49, 0x2A, 0], [0x4D, 0x4D, 0, 0x2A], [0x49, 0x49, 0x2B, 0], [0x4D, 0x4D, 0, 0x2B],
        ],
        fileExtension: "tif",
        header: { (bytes) throws(ImageError) in
            let directory = TIFFDirectory(bytes)
            return try LeptonicaReader(.tiff, bytes).header().turned(
                directory?.orientation ?? .upright, pageCount: directory?.pageCount ?? 1)
        },
        pixels: { (bytes, limits) throws(ImageError) in
            guard TIFFDirectory(bytes)?.hasAllStrips ?? true else {
                throw .truncated(.tiff, count: bytes.count, reason: "pixels are missing")
            }
            return try LeptonicaReader(.tiff, bytes).pixels(limits, isPremultiplied: true)
        })

    /// WebP, decoded by Leptonica.
    static let webp = ImageCodec(
        signatures: [Array("RIFF".utf8) + [nil, nil, nil, nil] + Array("WEBP".utf8)], fileExtension: "webp",
        header: { (bytes) throws(ImageError) in
            try LeptonicaReader(.webp, bytes).header().turned(Exif.orientation(ofWebP: bytes))
        },
        pixels: { (bytes, limits) throws(ImageError) in
            try LeptonicaReader(.webp, bytes).pixels(limits, orientation: Exif.orientation(ofWebP: bytes))
        })

    /// Windows bitmap, decoded by Leptonica. The bytes of the signature that must be zero keep texts that begin with
    /// “BM” apart.
    static let bmp = ImageCodec(
        signatures: [[0x42, 0x4D, nil, nil, nil, nil, 0, 0, 0, 0]], fileExtension: "bmp",
        header: { (bytes) throws(ImageError) in try LeptonicaReader(.bmp, bytes).header() },
        pixels: { (bytes, limits) throws(ImageError) in try LeptonicaReader(.bmp, bytes).pixels(limits) })
}
