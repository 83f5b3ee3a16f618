internal import Files

/// Why an image cannot be decoded or encoded.
public enum ImageError: Error, Sendable, Hashable {
    /// There are no bytes.
    case empty
    /// The first bytes are not those of a known format.
    case unknownFormat(firstBytes: [UInt8])
    /// There are only `count` bytes, and the image is not complete.
    case truncated(ImageFormat, count: Int, reason: String)
    /// The bytes are not valid in their format.
    case corrupt(ImageFormat, reason: String)
    /// The image is valid, but of a kind that is not supported.
    case unsupported(ImageFormat, reason: String)
    /// The library that decodes images of the format is not installed.
    case missingLibrary(ImageFormat)
    /// The size in the header exceeds the limits.
    case tooLarge(width: Int, height: Int, limits: Image.Limits)
    /// The image cannot be encoded.
    case unwritable(ImageFormat, reason: String)
}

extension ImageError: CustomStringConvertible {
    /// The reason and the remedy.
    public var description: String {
        switch self {
        case .empty: "no bytes: the image is empty; write it again"
        case .unknownFormat(let bytes):
            "not a \(ImageFormat.names) (starts with \(hexadecimal(bytes))); convert it to one of them"
        case .truncated(let format, let count, let reason):
            "\(format.name) ends after \(count) bytes: \(reason); copy it again from its source"
        case .corrupt(let format, let reason):
            "\(format.name) is corrupt: \(reason); copy it again from its source"
        case .unsupported(let format, let reason):
            "\(format.name) is of an unsupported kind: \(reason); save it as 8-bit grey or RGB"
        case .missingLibrary(let format):
            "\(format.name) needs the library Leptonica, which is not installed; install it (on Debian and Ubuntu: "
                + "apt-get install libleptonica-dev), or convert the image to PNG"
        case .tooLarge(let width, let height, let limits):
            "\(width) × \(height) pixels exceed the limit of \(limits); scale the image down"
        case .unwritable(let format, let reason):
            "\(format.name) cannot be written: \(reason); choose a smaller image"
        }
    }
}

extension Image.Limits: CustomStringConvertible {
    /// The limits in words.
    public var description: String {
        "\(maximumPixels) pixels, at most \(maximumWidth) wide and \(maximumHeight) high"
    }
}

/// Two hexadecimal digits for each byte, separated by spaces.
private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { $0.zeroPadded(to: 2, radix: 16, uppercase: true) }.joined(separator: " ")
}
