import CJPEG

/// JPEGs of computed pixels, encoded by TurboJPEG.
enum EncodedJPEG {
    /// The encoded image with the channels `sample` (x, y, channel).
    static func bytes(
        width: Int, height: Int, _ format: TJPF = TJPF_RGB, subsampling: TJSAMP = TJSAMP_420,
        flags: Int32 = 0, sample: (Int, Int, Int) -> Int = { 40 * $2 + 5 * $0 + 3 * $1 }
    ) -> [UInt8] {
        let channels = format == TJPF_GRAY ? 1 : format == TJPF_CMYK ? 4 : 3
        var samples: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                for channel in 0..<channels {
                    samples.append(UInt8(truncatingIfNeeded: sample(x, y, channel)))
                }
            }
        }
        let handle = tjInitCompress()
        var buffer: UnsafeMutablePointer<UInt8>?
        var count: UInt = 0
        let status = tjCompress2(
            handle, samples, Int32(width), 0, Int32(height), Int32(format.rawValue), &buffer, &count,
            Int32((format == TJPF_GRAY ? TJSAMP_GRAY : subsampling).rawValue), 90, flags)
        precondition(status == 0, "TurboJPEG refused the image of the test")
        defer {
            tjFree(buffer)
            tjDestroy(handle)
        }
        return Array(UnsafeBufferPointer(start: buffer, count: Int(count)))
    }
}
