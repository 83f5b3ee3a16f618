/// An encoding of images. It is determined from the first bytes, never from the name of a file.
public enum ImageFormat: String, Sendable, Hashable, CaseIterable {
    /// Portable Network Graphics.
    case png
    /// JPEG: JFIF, Exif or bare.
    case jpeg
    /// Tagged Image File Format; the first page is decoded.
    case tiff
    /// WebP, not animated.
    case webp
    /// Windows bitmap.
    case bmp

    /// The format that begins with `magicBytes`; nil if none is known.
    public init?(magicBytes: some Sequence<UInt8>) {
        let beginning = Array(magicBytes.prefix(16))
        let format = ImageFormat.allCases.first { format in
            format.codec.signatures.contains { signature in
                signature.count <= beginning.count
                    && zip(signature, beginning).allSatisfy { $0 == nil || $0 == $1 }
            }
        }
        guard let format else { return nil }
        self = format
    }

    /// The format of an encoded image; throws if none is known.
    init(of bytes: UnsafeRawBufferPointer) throws(ImageError) {
        guard !bytes.isEmpty else { throw .empty }
        guard let format = ImageFormat(magicBytes: bytes) else {
            throw .unknownFormat(firstBytes: Array(bytes.prefix(4)))
        }
        self = format
    }

    /// How the format is recognized and decoded.
    var codec: ImageCodec {
        switch self {
        case .png: .png
        case .jpeg: .jpeg
        case .tiff: .tiff
        case .webp: .webp
        case .bmp: .bmp
        }
    }

    /// The usual extension of files in this format, without the dot.
    public var fileExtension: String { codec.fileExtension }

    /// The name of the format in messages.
    public var name: String { self == .webp ? "WebP" : rawValue.uppercased() }

    /// The names of all formats, for example `PNG or JPEG`.
    public static var names: String {
        let names = allCases.map(\.name)
        return names.dropLast().joined(separator: ", ") + " or " + names[names.count - 1]
    }
}
