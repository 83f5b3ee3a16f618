import CPNG

extension Image {
    /// The image encoded as an 8-bit grey PNG.
    ///
    /// Throws `ImageError.unwritable` if a side exceeds libpng's limit of a million pixels.
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
