/// How images of one format are recognized and decoded. A new format is a case of ``ImageFormat`` and a codec.
struct ImageCodec: Sendable {
    /// The first bytes, at most 16: each image of the format begins with one of these; nil stands for any byte.
    let signatures: [[UInt8?]]
    /// The usual extension of files, without the dot.
    let fileExtension: String
    /// Reads only the header, even if the pixels are damaged or too many.
    let header: @Sendable (UnsafeRawBufferPointer) throws(ImageError) -> ImageHeader
    /// Decodes all pixels; throws if there are more than the limits allow.
    let pixels: @Sendable (UnsafeRawBufferPointer, Image.Limits) throws(ImageError) -> DecodedPixels
}
