extension Image {
    /// Decodes a whole PNG or JPEG and turns it grey.
    ///
    /// Colours become grey by Rec. 601 as Pillow weighs them; transparency is laid on white, unless the text
    /// stands in the alpha channel alone. Samples are taken as stored: gamma and colour profiles are ignored.
    /// A damaged or incomplete picture is an error, never half a picture.
    public init(
        decoding bytes: UnsafeRawBufferPointer, limits: Limits = .standard
    ) throws(ImageError) {
        switch ImageFormat(magicBytes: bytes) {
        case .jpeg: self.init(try JPEGReader(bytes).samples(limits: limits))
        case .png, nil:
            try limits.check(ImageHeader(decoding: bytes))
            self.init(try PNGReader(bytes, limits: limits).samples())
        }
    }

    /// Decodes the PNG or JPEG in `bytes`, without a copy where they are contiguous.
    public init(
        decoding bytes: some Collection<UInt8>, limits: Limits = .standard
    ) throws(ImageError) {
        self = try withRawBytes(of: bytes) { (raw) throws(ImageError) in
            try Image(decoding: raw, limits: limits)
        }
    }

    /// Decodes the PNG or JPEG in `bytes`, without a copy.
    public init(decoding bytes: RawSpan, limits: Limits = .standard) throws(ImageError) {
        self = try bytes.withUnsafeBytes { (raw) throws(ImageError) in
            try Image(decoding: raw, limits: limits)
        }
    }
}

/// Calls `body` with the bytes of `collection`, copied only where they are not contiguous.
func withRawBytes<Value>(
    of collection: some Collection<UInt8>,
    _ body: (UnsafeRawBufferPointer) throws(ImageError) -> Value
) throws(ImageError) -> Value {
    func attempt(_ buffer: UnsafeBufferPointer<UInt8>) -> Result<Value, ImageError> {
        Result { () throws(ImageError) in try body(UnsafeRawBufferPointer(buffer)) }
    }
    let result =
        collection.withContiguousStorageIfAvailable(attempt)
        ?? Array(collection).withUnsafeBufferPointer(attempt)
    return try result.get()
}
