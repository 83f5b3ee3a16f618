/// An encoding of images. It is determined from the first bytes, never from the name of a file.
public enum ImageFormat: String, Sendable, Hashable, CaseIterable {
    /// Portable Network Graphics.
    case png
    /// JPEG: JFIF, Exif or bare.
    case jpeg

    /// The format that begins with `magicBytes`; nil if none is known.
    public init?(magicBytes: some Sequence<UInt8>) {
        let beginning = Array(magicBytes.prefix(8))
        switch ImageFormat.allCases.first(where: { beginning.starts(with: $0.signature) }) {
        case .some(let format): self = format
        case .none: return nil
        }
    }

    /// The first bytes of every image in this format.
    var signature: [UInt8] {
        switch self {
        case .png: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        case .jpeg: [0xFF, 0xD8, 0xFF]
        }
    }

    /// The usual extension of files in this format, without the dot.
    public var fileExtension: String {
        switch self {
        case .png: "png"
        case .jpeg: "jpg"
        }
    }

    /// The name of the format in messages.
    var name: String { rawValue.uppercased() }
}
