/// The samples of a decoded picture, 8 bits each, [height × width × channels], before they turn grey.
struct Samples: ~Copyable {
    /// What the channels of a pixel are.
    enum Layout {
        case grey, greyAlpha, rgb, rgba
        /// Cyan, magenta, yellow and black where 255 is no ink, as Adobe's JPEGs store them.
        case invertedCMYK

        /// Samples in a pixel.
        var channels: Int {
            switch self {
            case .grey: 1
            case .greyAlpha: 2
            case .rgb: 3
            case .rgba, .invertedCMYK: 4
            }
        }
    }

    let width: Int
    let height: Int
    let layout: Layout
    let bytes: UnsafeMutableBufferPointer<UInt8>

    /// Makes room for the samples; whoever decodes fills `bytes`.
    init(width: Int, height: Int, layout: Layout) {
        self.width = width
        self.height = height
        self.layout = layout
        bytes = .allocate(capacity: width * height * layout.channels)
    }

    deinit { bytes.deallocate() }
}

extension Image {
    /// The picture of `samples` in grey, on white where it is transparent.
    init(_ samples: borrowing Samples) {
        let source = UnsafeBufferPointer(samples.bytes)
        let layout = samples.layout
        self.init(width: samples.width, height: samples.height) { pixels in
            switch layout {
            case .grey: _ = pixels.update(fromContentsOf: source)
            case .rgb: fill(pixels) { luma(source, 3 * $0) }
            case .greyAlpha: fillOnWhite(pixels, source, channels: 2) { source[2 * $0] }
            case .rgba: fillOnWhite(pixels, source, channels: 4) { luma(source, 4 * $0) }
            case .invertedCMYK: fill(pixels) { lumaOfInvertedCMYK(source, 4 * $0) }
            }
        }
    }
}

/// Sets each of `pixels` to what `value` says of its index.
@inline(__always)
private func fill(_ pixels: UnsafeMutableBufferPointer<UInt8>, _ value: (Int) -> UInt8) {
    for index in pixels.indices { pixels[index] = value(index) }
}

/// Sets `pixels` to `value`, laid on white by the alpha that is each pixel's last channel, or to the alpha
/// itself, dark on white, where it alone holds the picture.
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

/// Whether all visible pixels have one colour while their alpha, the last channel, varies.
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

/// The luma of the inverted CMYK pixel at `start`: each ink takes its part of the light that black leaves, as
/// Pillow converts CMYK to RGB.
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
