import CommandSupport
import Files
import Foundation
import Imaging

/// A file that may hold an image.
struct ImageFile: Sendable {
    /// The path as given by the user or found in a folder; `-` is standard input.
    let path: String
    /// Whether the user named the file; it must then be an image.
    let isNamed: Bool

    /// Encoded images must be smaller than this many bytes.
    private static let byteLimit = 1 << 28

    /// The decoded image, or the reason why there is none: ``NoImage`` for a file in a folder that is not an image.
    func image() -> Result<Image, any Error> {
        Result {
            guard !isFolder else { throw CommandError("the folder cannot be read; check its permissions") }
            let bytes = try bytes()
            guard isNamed || ImageFormat(magicBytes: bytes) != nil else { throw NoImage() }
            return try Image(decoding: bytes)
        }
    }

    /// The content. If the file was found in a folder and is not an image, only its first 8 bytes.
    func bytes() throws -> Data {
        let bytes = try FileError.naming(path, cannotBe: "read") {
            let file = try handle()
            let beginning = try file.read(upToCount: 8) ?? Data()
            guard isNamed || ImageFormat(magicBytes: beginning) != nil else { return beginning }
            return beginning + (try file.read(upToCount: Self.byteLimit) ?? Data())
        }
        guard bytes.count < Self.byteLimit else {
            throw CommandError("too large for an image: \(Self.byteLimit) bytes or more")
        }
        return bytes
    }

    private func handle() throws -> FileHandle {
        path == "-" ? .standardInput : try FileHandle(forReadingFrom: URL(filePath: path))
    }
}

extension ImageFile {
    /// Whether the path leads to a folder, perhaps through a symbolic link.
    var isFolder: Bool { path != "-" && status?.kind == .folder }

    /// Whether the path leads to a regular file, perhaps through a symbolic link.
    var isRegular: Bool { status?.kind == .regular }

    /// The identity of the file, the same for all paths that lead to it; nil if there is no file.
    var identity: FileStatus.Identity? { status?.identity }

    private var status: FileStatus? { FileStatus(at: path) }
}
