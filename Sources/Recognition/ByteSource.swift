import Foundation

/// Bytes in memory or in a file, copied piece by piece to where they are wanted.
///
/// A file is read rather than mapped into memory: what a mapping shows is not there any more where somebody cuts the
/// file short meanwhile, and touching it would end the program. Reading costs the same single copy.
struct ByteSource {
    /// How many there are.
    let count: Int
    private let content: Content

    private enum Content {
        case memory(Data)
        case file(FileHandle, path: String)
    }

    /// Bytes in memory.
    init(_ data: Data) { (count, content) = (data.count, .memory(data)) }

    /// The bytes of a file as long as it is now; those of a pipe are taken at once.
    init(_ path: String) throws {
        var status = stat()
        if unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
            content = .file(try FileHandle(forReadingFrom: URL(filePath: path)), path: path)
            count = Int(status.st_size)
        } else {
            let data = try Data(contentsOf: URL(filePath: path))
            (count, content) = (data.count, .memory(data))
        }
    }

    /// Fills `target` with the bytes from `offset` on.
    func read(_ target: inout MutableRawSpan, from offset: Int) throws {
        guard offset + target.byteCount <= count else { throw EndOfBytes(count: count) }
        try unsafe target.withUnsafeMutableBytes { bytes in
            switch content {
            case .memory(let data):
                let start = data.startIndex + offset
                unsafe data.copyBytes(to: bytes, from: start..<start + bytes.count)
            case .file(let file, let path):
                let found = try FileError.naming(path, cannotBe: "read") {
                    try unsafe Self.read(file, into: bytes, from: offset)
                }
                guard found == bytes.count else { throw EndOfBytes(count: offset + found) }
            }
        }
    }

    /// A range of the bytes.
    func data(_ range: Range<Int>) throws -> Data {
        var bytes = [UInt8](repeating: 0, count: range.count)
        var span = bytes.mutableSpan
        var raw = unsafe span.mutableBytes
        try read(&raw, from: range.lowerBound)
        return Data(bytes)
    }

    /// Fills the buffer as far as the file goes, and says how far; `pread` writes as much of the rest as it likes,
    /// and never more.
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

/// Thrown where a file has become shorter than it was.
struct EndOfBytes: Error, CustomStringConvertible {
    let count: Int

    var description: String { "was cut short to \(count) bytes while it was read; copy or write it again" }
}
