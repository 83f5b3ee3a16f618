internal import Requirements

extension Image {
    /// The negative of the image.
    public func inverted() -> Image {
        mapped { 255 &- $0 }
    }

    /// The image with each grey level v replaced by (v − 127.5) · `contrast` + 127.5 + `brightness`, rounded and clamped to
    /// 0 ... 255.
    ///
    /// `brightness` is in grey levels. A `contrast` of 1 changes nothing; 0 gives a uniform grey.
    public func adjusted(brightness: Float, contrast: Float) -> Image {
        require(
            brightness.isFinite && contrast.isFinite, "brightness \(brightness) and contrast \(contrast)")
        let table = (0...255).map { value in
            UInt8(max(0, min(255, ((Float(value) - 127.5) * contrast + 127.5 + brightness).rounded())))
        }
        return table.withUnsafeBufferPointer { table in mapped { table[Int($0)] } }
    }

    /// The image with independent noise of standard deviation `deviation`, in grey levels, in each pixel.
    ///
    /// The noise is nearly normal: it is the sum of four uniform bytes (Irwin and Hall), at most 3.45 deviations.
    /// `generator` is called once for every two pixels.
    @inlinable
    public func noisy(deviation: Float, using generator: inout some RandomNumberGenerator) -> Image {
        requireGreyLevels(deviation)
        let scale = Int32((deviation / uniformSumDeviation * 65536).rounded())
        let words = (0..<(pixels.count + 1) / 2).map { _ in generator.next() }
        let noisy = zip(pixels, pixels.indices).map { (pixel, index) -> UInt8 in
            let word = UInt32(truncatingIfNeeded: words[index &>> 1] &>> UInt64((index & 1) &* 32))
            let noise = (uniformSum(word) &* scale &+ 32768) &>> 16
            return UInt8(truncatingIfNeeded: max(0, min(255, Int32(pixel) &+ noise)))
        }
        return Image(width: width, height: height, pixels: noisy)
    }

    @inline(__always)
    private func mapped(_ value: (UInt8) -> UInt8) -> Image {
        Image(width: width, height: height) { output in
            pixels.withUnsafeBufferPointer { input in
                for index in output.indices { output[index] = value(input[index]) }
            }
        }
    }
}

/// Not inlined into other modules, which do not know `require`.
@usableFromInline
func requireGreyLevels(_ deviation: Float) {
    require(deviation >= 0 && deviation <= 255, "\(deviation) is not a deviation in grey levels")
}

/// The standard deviation of the sum of four uniform bytes: √(4 · (256² − 1) / 12).
@usableFromInline let uniformSumDeviation: Float = 147.8005

/// The sum of the four bytes of `word`, minus its mean.
@inlinable @inline(__always)
func uniformSum(_ word: UInt32) -> Int32 {
    let pairs = (word & 0x00FF_00FF) &+ ((word &>> 8) & 0x00FF_00FF)
    return Int32(bitPattern: (pairs & 0xFFFF) &+ (pairs &>> 16)) &- 510
}
