public import Foundation

/// Bytes in memory or in a file, of which any range can be read.
///
/// The file is read, not mapped into memory: touching a mapped page ends the process if another process has truncated
/// the file meanwhile. Reading costs the same single copy.
public struct ByteSource: Sendable {
    /// The number of bytes.
    public let count: Int
    private let content: Content

    private enum Content {
        case memory(Data)
        case file(FileHandle, path: String)
    }

    /// Takes bytes in memory.
    public init(_ data: Data) { (count, content) = (data.count, .memory(data)) }

    /// Opens the file at `path` with its present length. The bytes of a pipe are read at once.
    public init(_ path: String) throws {
        if let status = FileStatus(at: path), status.kind == .regular {
            content = .file(try FileHandle(forReadingFrom: URL(filePath: path)), path: path)
            count = status.size
        } else {
            let data = try Data(contentsOf: URL(filePath: path))
            (count, content) = (data.count, .memory(data))
        }
    }

    /// Fills `target` with the bytes from `offset` on.
    ///
    /// - Throws: ``TruncatedFile`` if there are too few bytes; ``FileError`` if the file cannot be read.
    public func read(_ target: inout MutableRawSpan, from offset: Int) throws {
        guard offset + target.byteCount <= count else { throw TruncatedFile(count: count) }
        try unsafe target.withUnsafeMutableBytes { bytes in
            switch content {
            case .memory(let data):
                let start = data.startIndex + offset
                unsafe data.copyBytes(to: bytes, from: start..<start + bytes.count)
            case .file(let file, let path):
                let found = try FileError.naming(path, cannotBe: "read") {
                    try unsafe Self.read(file, into: bytes, from: offset)
                }
                guard found == bytes.count else { throw TruncatedFile(count: offset + found) }
            }
        }
    }

    /// The bytes of `range`; throws as ``read(_:from:)`` does.
    public func data(_ range: Range<Int>) throws -> Data {
        var bytes = [UInt8](repeating: 0, count: range.count)
        var span = bytes.mutableSpan
        var raw = unsafe span.mutableBytes
        try read(&raw, from: range.lowerBound)
        return Data(bytes)
    }

    /// Reads until the buffer is full or the file ends, and returns the number of bytes read. One call of `pread` may
    /// read fewer than asked for, but never more.
    private static func read(
        _ file: FileHandle, into bytes: UnsafeMutableRawBufferPointer, from offset: Int
    ) throws -> Int {
        var done = 0
        while done < bytes.count {
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[done...])
            let count = unsafe pread(
                file.fileDescriptor, rest.baseAddress, rest.count, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
            guard count > 0 else { break }
            done += count
        }
        return done
    }
}
