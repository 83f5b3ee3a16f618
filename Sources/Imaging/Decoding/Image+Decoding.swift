extension Image {
    /// Decodes an image of any ``ImageFormat`` and converts it to grey.
    ///
    /// Colours are converted by Rec. 601 with Pillow's weights. Transparent images are composed on white, unless only
    /// the alpha channel varies: then the alpha is the ink. Gamma and colour profiles are ignored. A damaged or
    /// incomplete image is an error.
    public init(
        decoding bytes: UnsafeRawBufferPointer, limits: Limits = .standard
    ) throws(ImageError) {
        self.init(try ImageFormat(of: bytes).codec.pixels(bytes, limits))
    }

    /// Decodes the image in `bytes`, without a copy if they are contiguous.
    public init(
        decoding bytes: some Collection<UInt8>, limits: Limits = .standard
    ) throws(ImageError) {
        self = try withRawBytes(of: bytes) { (raw) throws(ImageError) in
            try Image(decoding: raw, limits: limits)
        }
    }

    /// Decodes the image in `bytes`, without a copy.
    public init(decoding bytes: RawSpan, limits: Limits = .standard) throws(ImageError) {
        self = try bytes.withUnsafeBytes { (raw) throws(ImageError) in
            try Image(decoding: raw, limits: limits)
        }
    }
}

/// Calls `body` with the bytes of `collection`, which are copied only if they are not contiguous.
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
