/// A message of TurboJPEG about a JPEG, and its meaning.
///
/// TurboJPEG reports only the first warning about an image. A harmless first warning hides later ones; therefore the end
/// of the image is searched for here, too.
struct JPEGFailure {
    let message: String
    let bytes: UnsafeRawBufferPointer

    /// Whether all pixels are valid despite the message.
    var isHarmless: Bool {
        let harmless = [
            "extraneous bytes before marker", "unknown JFIF revision", "Unknown Adobe color transform",
            "Invalid SOS parameters",
        ]
        return harmless.contains { message.contains($0) } && hasEnd
    }

    /// The message as an error.
    var error: ImageError {
        if message.hasPrefix("Unsupported") { return .unsupported(.jpeg, reason: message) }
        if message.contains("Premature end of JPEG file") || !hasEnd {
            return .truncated(.jpeg, count: bytes.count, reason: message)
        }
        return .corrupt(.jpeg, reason: message)
    }

    /// Whether an end-of-image marker follows the header of the first scan. In entropy-coded data, FF is always followed
    /// by 00 or a restart marker, and cannot be mistaken for the end.
    private var hasEnd: Bool {
        var position = scanStart
        while position + 1 < bytes.count {
            if bytes[position] == 0xFF, bytes[position + 1] == 0xD9 { return true }
            position += 1
        }
        return false
    }

    /// The position of the first start-of-scan segment, or the number of bytes if there is none. Segments are skipped by
    /// their lengths, so that an embedded thumbnail is not mistaken for the image.
    private var scanStart: Int {
        var position = 2
        while position + 3 < bytes.count {
            let (mark, code) = (bytes[position], bytes[position + 1])
            if mark != 0xFF || code == 0xFF || code == 0 {
                position += 1
            } else if code == 0xDA {
                return position
            } else {
                position += 2 + Int(bytes[position + 2]) << 8 + Int(bytes[position + 3])
            }
        }
        return bytes.count
    }
}
