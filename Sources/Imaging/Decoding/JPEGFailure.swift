/// A message of TurboJPEG about a JPEG, and its meaning.
///
/// TurboJPEG reports only the first warning about an image. A harmless first warning hides later ones; therefore the end
/// of the image is searched for here, too.
struct JPEGFailure {
    let message: String
    let bytes: UnsafeRawBufferPointer

    /// Whether all pixels are valid despite the message.
    var isHarmless: Bool { isAboutMarkers && hasEnd }

    /// The message as an error. A damaged image whose end is missing counts as incomplete only if nothing else is wrong.
    var error: ImageError {
        if message.hasPrefix("Unsupported") { return .unsupported(.jpeg, reason: message) }
        let isPremature = message.contains("remature end") || isAboutMarkers
        if message.contains("Premature end of JPEG file") || isPremature && !hasEnd {
            return .truncated(.jpeg, count: bytes.count, reason: message)
        }
        return .corrupt(.jpeg, reason: message)
    }

    /// Whether the message tells only of markers, which no pixel depends on.
    private var isAboutMarkers: Bool {
        [
            "extraneous bytes before marker", "unknown JFIF revision", "Unknown Adobe color transform",
            "Invalid SOS parameters",
        ].contains { message.contains($0) }
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

    /// The position of the first start-of-scan segment, or the number of bytes if there is none.
    private var scanStart: Int {
        JPEGSegments(bytes).first { $0.code == JPEGSegments.scan }?.start ?? bytes.count
    }
}
