extension Image {
    /// Converts decoded pixels to grey, composes transparent ones on white, and turns the image upright.
    init(_ decoded: borrowing DecodedPixels) {
        let source = UnsafeBufferPointer(decoded.bytes)
        let layout = decoded.layout
        let stored = Image(width: decoded.width, height: decoded.height) { pixels in
            switch layout {
            case .grey: _ = pixels.update(fromContentsOf: source)
            case .rgb: fill(pixels) { luma(source, 3 * $0) }
            case .greyAlpha: fillOnWhite(pixels, source, channels: 2) { source[2 * $0] }
            case .rgba: fillOnWhite(pixels, source, channels: 4) { luma(source, 4 * $0) }
            case .invertedCMYK: fill(pixels) { lumaOfInvertedCMYK(source, 4 * $0) }
            }
        }
        self = stored.upright(from: decoded.orientation)
    }
}

/// Sets each of `pixels` to the `value` of its index.
@inline(__always)
private func fill(_ pixels: UnsafeMutableBufferPointer<UInt8>, _ value: (Int) -> UInt8) {
    for index in pixels.indices { pixels[index] = value(index) }
}

/// Composes `value` on white, with the last channel as alpha. If only the alpha varies, the pixels are set to 255 minus
/// the alpha: dark on white.
@inline(__always)
private func fillOnWhite(
    _ pixels: UnsafeMutableBufferPointer<UInt8>, _ source: UnsafeBufferPointer<UInt8>, channels: Int,
    _ value: (Int) -> UInt8
) {
    if alphaAloneVaries(source, channels: channels) {
        fill(pixels) { 255 - source[channels * $0 + channels - 1] }
    } else {
        fill(pixels) { index in
            let alpha = Int32(source[channels * index + channels - 1])
            return UInt8((Int32(value(index)) * alpha + 255 * (255 - alpha) + 127) / 255)
        }
    }
}

/// Whether all visible pixels have the same colour while their alpha, the last channel, varies.
private func alphaAloneVaries(_ source: UnsafeBufferPointer<UInt8>, channels: Int) -> Bool {
    var visible: Int?
    var alphaVaries = false
    for start in stride(from: 0, to: source.count, by: channels) {
        let alpha = source[start + channels - 1]
        alphaVaries = alphaVaries || alpha != source[channels - 1]
        guard alpha > 0 else { continue }
        let first = visible ?? start
        for channel in 0..<channels - 1 where source[start + channel] != source[first + channel] {
            return false
        }
        visible = first
    }
    return alphaVaries
}

/// Rec. 601 luma in 16-bit fixed point, with Pillow's weights for `convert("L")`.
@inline(__always)
private func luma(red: UInt32, green: UInt32, blue: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: (19595 &* red &+ 38470 &* green &+ 7471 &* blue &+ 32768) &>> 16)
}

/// The luma of the RGB pixel at `start`.
@inline(__always)
private func luma(_ source: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt8 {
    luma(red: UInt32(source[start]), green: UInt32(source[start + 1]), blue: UInt32(source[start + 2]))
}

/// The luma of the inverted CMYK pixel at `start`. As in Pillow's conversion of CMYK to RGB, each ink absorbs its part of
/// the light that black transmits.
private func lumaOfInvertedCMYK(_ source: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt8 {
    let light = UInt32(source[start + 3])
    func remaining(_ inverted: UInt8) -> UInt32 {
        let product = UInt32(255 - inverted) * light + 128
        return light - (product >> 8 + product) >> 8
    }
    return luma(
        red: remaining(source[start]), green: remaining(source[start + 1]), blue: remaining(source[start + 2])
    )
}
