/// An encoding of pictures, known by its first bytes and never by a file's name.
public enum ImageFormat: String, Sendable, Hashable, CaseIterable {
    /// Portable Network Graphics.
    case png
    /// JPEG: JFIF, Exif or bare.
    case jpeg

    /// The format that begins as `magicBytes` do; nil where none is known.
    public init?(magicBytes: some Sequence<UInt8>) {
        let beginning = Array(magicBytes.prefix(8))
        switch ImageFormat.allCases.first(where: { beginning.starts(with: $0.signature) }) {
        case .some(let format): self = format
        case .none: return nil
        }
    }

    /// The bytes with which every picture of this format begins.
    var signature: [UInt8] {
        switch self {
        case .png: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        case .jpeg: [0xFF, 0xD8, 0xFF]
        }
    }

    /// The format's name in messages.
    var name: String { rawValue.uppercased() }
}
