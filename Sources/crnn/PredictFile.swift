import Files
import Foundation
import Imaging
import Recognition

/// A file that may hold an image.
struct ImageFile: Sendable {
    /// Its path as it was given or found; `-` is standard input.
    let path: String
    /// Whether it was named itself: then it must be an image.
    let isNamed: Bool

    /// The most bytes that an encoded image may have.
    private static let byteLimit = 1 << 28

    /// The image, or why there is none; ``NoImage`` where a file that was found does not look like one.
    func image() -> Result<Image, any Error> {
        Result {
            guard !isFolder else { throw CommandError("the folder cannot be read; check its permissions") }
            let bytes = try bytes()
            guard isNamed || ImageFormat(magicBytes: bytes) != nil else { throw NoImage() }
            return try Image(decoding: bytes)
        }
    }

    /// The content; of a file that was found and is no image, the beginning.
    func bytes() throws -> Data {
        let bytes = try FileError.naming(path, cannotBe: "read") {
            let file = try handle()
            let beginning = try file.read(upToCount: 8) ?? Data()
            guard isNamed || ImageFormat(magicBytes: beginning) != nil else { return beginning }
            return beginning + (try file.read(upToCount: Self.byteLimit) ?? Data())
        }
        guard bytes.count < Self.byteLimit else {
            throw CommandError("\(Self.byteLimit) bytes or more; an image is smaller")
        }
        return bytes
    }

    private func handle() throws -> FileHandle {
        path == "-" ? .standardInput : try FileHandle(forReadingFrom: URL(filePath: path))
    }
}

/// Thrown for a file in a folder that does not begin like an image.
struct NoImage: Error {}

extension ImageFile {
    /// Whether there is a folder, perhaps through a link.
    var isFolder: Bool { path != "-" && status?.kind == S_IFDIR }

    /// Whether there is a regular file, perhaps through a link.
    var isRegular: Bool { status?.kind == S_IFREG }

    /// What tells the file from every other, by whatever path it is found; nil where there is none.
    var identity: Identity? { status.map { Identity(device: $0.st_dev, number: $0.st_ino) } }

    /// Where a file is stored.
    struct Identity: Hashable {
        let device: dev_t
        let number: ino_t
    }

    /// What the system says of the file: asked for each of what may be a million, so in one call.
    private var status: stat? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status : nil
    }
}

extension stat {
    /// Regular file, folder, pipe…
    fileprivate var kind: mode_t { st_mode & S_IFMT }
}
