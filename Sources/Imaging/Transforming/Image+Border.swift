internal import Requirements

extension Image {
    /// The grey level of the background: the lower median of the pixels along the border.
    public var background: UInt8 {
        var histogram = [Int](repeating: 0, count: 256)
        for pixel in pixels.prefix(width) { histogram[Int(pixel)] += 1 }
        for row in stride(from: 1, to: height - 1, by: 1) {
            histogram[Int(pixels[row * width])] += 1
            if width > 1 { histogram[Int(pixels[row * width + width - 1])] += 1 }
        }
        if height > 1 { for pixel in pixels.suffix(width) { histogram[Int(pixel)] += 1 } }
        return median(ofCounts: histogram)
    }

    /// The image, extended on the right with pixels of `value` to a width of `newWidth`.
    public func padded(toWidth newWidth: Int, with value: UInt8) -> Image {
        require(newWidth >= width, "cannot pad from \(width) to \(newWidth) pixels")
        guard newWidth > width else { return self }
        return Image(width: newWidth, height: height) { output in
            pixels.withUnsafeBufferPointer { input in
                for row in 0..<height {
                    let line = UnsafeMutableBufferPointer(
                        rebasing: output[row * newWidth..<(row + 1) * newWidth])
                    let end = line.update(fromContentsOf: input[row * width..<(row + 1) * width])
                    line[end...].update(repeating: value)
                }
            }
        }
    }
}

/// The lower median of the values that `histogram` counts.
private func median(ofCounts histogram: [Int]) -> UInt8 {
    var remaining = (histogram.reduce(0, +) + 1) / 2
    for (value, count) in histogram.enumerated() {
        remaining -= count
        if remaining <= 0 { return UInt8(value) }
    }
    return 255
}
