import CommandSupport
import Files
import Foundation
import Imaging

/// A file that may contain an image.
struct ImageFile: Sendable {
    /// The path as given by the user or found in a folder; `-` is standard input.
    let path: String
    /// Whether the user named the file; it must then be an image.
    let isNamed: Bool
    /// Why there is no image, if the search found that out: ``SearchedFolder`` for a folder; nil otherwise.
    private let failure: (any Error)?

    /// Encoded images must be smaller than this many bytes.
    private static let byteLimit = 1 << 28
    /// The number of bytes that show the format of an image.
    private static let signatureLength = 16
    /// The extensions of files that their owners take for images, whether they can be decoded or not.
    private static let extensions: Set<String> = [
        "png", "jpg", "jpeg", "jpe", "jfif", "tif", "tiff", "bmp", "webp", "gif", "ppm", "pgm", "pbm", "pnm",
        "jp2", "heic", "heif", "avif",
    ]

    init(path: String, isNamed: Bool, failure: (any Error)? = nil) {
        (self.path, self.isNamed, self.failure) = (path, isNamed, failure)
    }

    /// Whether a file in a folder counts as an image: by its first bytes or by its extension.
    static func isImage(_ path: String) -> Bool {
        if extensions.contains(FileName.fileExtension(of: path)) { return true }
        guard !path.hasSuffix(".txt"), let file = try? FileHandle.reading(path) else { return false }
        return ImageFormat(magicBytes: (try? file.read(upToCount: signatureLength)) ?? Data()) != nil
    }

    /// The decoded image, or the reason why there is none: ``NoImage`` for a file in a folder that is not an image; and
    /// what is unusual about it.
    func image() -> (item: ExaminedFile, image: Result<Image, any Error>) {
        do {
            if let failure { throw failure }
            let bytes = try bytes()
            guard isExpected || ImageFormat(magicBytes: bytes) != nil else { throw NoImage() }
            let image = try Image(decoding: bytes)
            let pageCount = (try? ImageHeader(decoding: bytes))?.pageCount ?? 1
            return (
                ExaminedFile(file: self, shape: LineShape(of: image), pageCount: pageCount), .success(image)
            )
        } catch {
            return (ExaminedFile(file: self), .failure(error))
        }
    }

    /// The content. If the file was found in a folder and is not an image, only its beginning.
    func bytes() throws -> Data {
        if let failure = FileError(reaching: path) { throw failure }
        let bytes = try FileError.naming(path, cannotBe: "read") {
            let file = try handle()
            let beginning = try file.read(upToCount: Self.signatureLength) ?? Data()
            guard isExpected || ImageFormat(magicBytes: beginning) != nil else { return beginning }
            return beginning + (try file.read(upToCount: Self.byteLimit) ?? Data())
        }
        guard bytes.count < Self.byteLimit else {
            throw CommandError("too large for an image: \(Self.byteLimit) bytes or more")
        }
        return bytes
    }

    /// Whether the file must be an image: the user named it, or its extension says so.
    private var isExpected: Bool {
        isNamed || Self.extensions.contains(FileName.fileExtension(of: path))
    }

    private func handle() throws -> FileHandle {
        path == "-" ? .standardInput : try FileHandle.reading(path)
    }
}

extension ImageFile {
    /// Whether the path leads to a folder, perhaps through a symbolic link.
    var isFolder: Bool { path != "-" && status?.kind == .folder }

    /// Whether the path leads to a regular file, perhaps through a symbolic link.
    var isRegular: Bool { status?.kind == .regular }

    private var status: FileStatus? { FileStatus(at: path) }
}
