import CJPEG
import Imaging

extension Image {
    /// The image compressed as JPEG and decoded again; unchanged if TurboJPEG fails.
    ///
    /// - Parameter quality: JPEG quality, 1 … 100; clamped to this range.
    func compressedAsJPEG(quality: Int) -> Image {
        let handle = tjInitCompress()
        defer { tjDestroy(handle) }
        var buffer: UnsafeMutablePointer<UInt8>?
        defer { tjFree(buffer) }
        var count: UInt = 0
        let status = tjCompress2(
            handle, pixels, Int32(width), 0, Int32(height), Int32(TJPF_GRAY.rawValue), &buffer, &count,
            Int32(TJSAMP_GRAY.rawValue), Int32(max(1, min(100, quality))), 0)
        guard status == 0, let buffer else { return self }
        let bytes = UnsafeRawBufferPointer(start: buffer, count: Int(count))
        return (try? Image(decoding: bytes)) ?? self
    }
}
