internal import Foundation

/// The names of files as text.
///
/// For the operating system a name is bytes, not text. Each byte that is not valid UTF-8 stands in a Swift string as one
/// scalar of a private-use area, and turns into that byte again when the file is opened. So every file can be found,
/// opened and named, whatever its encoding.
public enum FileName {
    /// The scalars that stand for bytes: U+10FF00 plus the byte.
    private static let escapes: ClosedRange<UInt32> = 0x10_FF00...0x10_FFFF

    /// The text of a name or path.
    public static func text(of bytes: some Collection<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self), !text.unicodeScalars.contains(where: isEscape)
        {
            return text
        }
        var scalars = String.UnicodeScalarView()
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = lengthOfScalar(in: rest)
            if let text = String(validating: rest.prefix(count), as: UTF8.self),
                let scalar = text.unicodeScalars.first,
                !isEscape(scalar)
            {
                scalars.append(scalar)
            } else {
                scalars.append(
                    contentsOf: rest.prefix(count).compactMap {
                        Unicode.Scalar(escapes.lowerBound + UInt32($0))
                    })
            }
            rest = rest.dropFirst(count)
        }
        return String(scalars)
    }

    /// The bytes of a name or path.
    public static func bytes(of text: String) -> [UInt8] {
        guard text.unicodeScalars.contains(where: isEscape) else { return Array(text.utf8) }
        return text.unicodeScalars.flatMap { scalar in
            byte(of: scalar).map { [$0] } ?? Array(String(scalar).utf8)
        }
    }

    /// Whether a name or path is valid UTF-8.
    public static func isUTF8(_ text: String) -> Bool { !text.unicodeScalars.contains(where: isEscape) }

    /// The name for people and JSON: each byte that is not UTF-8 becomes an escape such as `\xFC`.
    public static func readable(_ text: String) -> String {
        guard !isUTF8(text) else { return text }
        return text.unicodeScalars.map { byte(of: $0) == nil ? String($0) : String($0).printable }.joined()
    }

    /// The last part of a path, after its last slash.
    public static func last(of path: String) -> Substring {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[path.utf8.index(after: $0)...] } ?? path[...]
    }

    /// The extension of a path's last part, in lower case, without its dot; empty if there is none.
    public static func fileExtension(of path: String) -> String {
        let name = last(of: path)
        return name.utf8.lastIndex(of: UInt8(ascii: ".")).map {
            name[name.utf8.index(after: $0)...].lowercased()
        } ?? ""
    }

    /// The byte for which a scalar stands; nil if it stands for itself.
    static func byte(of scalar: Unicode.Scalar) -> UInt8? {
        isEscape(scalar) ? UInt8(scalar.value - escapes.lowerBound) : nil
    }

    private static func isEscape(_ scalar: Unicode.Scalar) -> Bool { escapes.contains(scalar.value) }

    /// The number of bytes of the scalar at the start of `bytes`, or 1 if they do not start with one.
    private static func lengthOfScalar(in bytes: ArraySlice<UInt8>) -> Int {
        let most = min(4, bytes.count)
        return (1...most).first { String(validating: bytes.prefix($0), as: UTF8.self) != nil } ?? 1
    }
}

/// Calls `body` with the bytes of a path, followed by a zero byte, as functions of the C library take them.
///
/// A path that contains a zero byte leads nowhere; `body` then gets an empty path.
public func withFileSystemPath<Result, Failure: Error>(
    _ path: String, _ body: (UnsafePointer<CChar>) throws(Failure) -> Result
) throws(Failure) -> Result {
    let bytes = FileName.bytes(of: path).map(CChar.init(bitPattern:))
    let terminated = bytes.contains(0) ? [0] : bytes + [0]
    return try unsafe terminated.withUnsafeBufferPointer { (buffer) throws(Failure) -> Result in
        guard let first = buffer.baseAddress else { fatalError("an array with an element has no storage") }
        return try unsafe body(first)
    }
}
