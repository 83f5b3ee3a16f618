/// Why encoded bytes gave no picture, or a picture no bytes.
public enum ImageError: Error, Sendable, Hashable {
    /// There are no bytes at all.
    case empty
    /// The bytes begin like no known format.
    case unknownFormat(firstBytes: [UInt8])
    /// The bytes end, after `count`, before the picture does.
    case truncated(ImageFormat, count: Int, reason: String)
    /// The bytes contradict their format.
    case corrupt(ImageFormat, reason: String)
    /// The picture is well formed, as far as can be told, but of a kind that is not read.
    case unsupported(ImageFormat, reason: String)
    /// The header promises more than the limits allow.
    case tooLarge(width: Int, height: Int, limits: Image.Limits)
    /// The picture cannot be written.
    case unwritable(ImageFormat, reason: String)
}

extension ImageError: CustomStringConvertible {
    /// What is wrong, and what to do about it.
    public var description: String {
        switch self {
        case .empty: "no bytes: the image is empty; write it again"
        case .unknownFormat(let bytes):
            "not a PNG or JPEG (starts with \(hexadecimal(bytes))); convert it to one of them"
        case .truncated(let format, let count, let reason):
            "\(format.name) ends after \(count) bytes: \(reason); copy it again from its source"
        case .corrupt(let format, let reason):
            "\(format.name) is corrupt: \(reason); copy it again from its source"
        case .unsupported(let format, let reason):
            "\(format.name) is of an unsupported kind: \(reason); save it as 8-bit grey or RGB"
        case .tooLarge(let width, let height, let limits):
            "\(width) × \(height) pixels exceed the limit of \(limits); scale the image down or raise the limit"
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

/// Two digits for each byte, parted by spaces.
private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
}
