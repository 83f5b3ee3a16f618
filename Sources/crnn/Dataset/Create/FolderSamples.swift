import CommandSupport
import Datasets
import Files
import Foundation

/// The images of a folder as samples.
struct FolderSamples: IteratorProtocol {
    private var search: ImageFileSearch
    private let pattern: NamePattern?

    private static let imageExtensions: Set<String> = [
        "png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif", "webp", "ppm", "pgm", "jp2",
    ]
    private static let textSuffix = ".gt.txt"

    init(_ folder: String, _ pattern: NamePattern?) {
        (search, self.pattern) = (ImageFileSearch([folder]), pattern)
    }

    /// The next image by file extension, text without an image, or folder that cannot be read.
    mutating func nextFile() -> ImageFile? {
        while let file = search.next() {
            if file.isFolder || isImage(file.path) || pattern == nil && isLonelyText(file.path) {
                return file
            }
        }
        return nil
    }

    mutating func next() -> ListedSample? {
        guard let file = nextFile() else { return nil }
        let path = file.path
        if file.isFolder {
            return .refused(place: path, reason: "the folder cannot be read; check its permissions")
        }
        if !isImage(path) { return .refused(place: path, reason: "there is no image for this text") }
        do {
            return .sample(ListedSample.Entry(place: path, path: path, label: try label(of: path)))
        } catch {
            return .refused(place: path, reason: "\(error)")
        }
    }

    private func label(of path: String) throws -> String {
        if let pattern {
            guard let label = pattern.label(in: path) else {
                throw CommandError("the file name does not match \(pattern)")
            }
            return label
        }
        guard let text = Self.stems(path).map({ $0 + Self.textSuffix }).first(where: exists) else {
            throw CommandError("there is no \(Self.stems(path)[0])\(Self.textSuffix)")
        }
        let bytes = try FileError.naming(text, cannotBe: "read") { try Data(contentsOf: URL(filePath: text)) }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
        guard let label = String(validating: content, as: UTF8.self) else {
            throw CommandError("\(text) is not valid UTF-8")
        }
        let lines = label.split(whereSeparator: \.isNewline)
        guard let line = lines.first else { throw CommandError("\(text) is empty") }
        guard lines.count == 1 else {
            throw CommandError("\(text) has \(lines.count) lines; the text of an image has one")
        }
        return String(line)
    }

    private func isImage(_ path: String) -> Bool {
        Self.imageExtensions.contains(URL(filePath: path).pathExtension.lowercased())
    }

    /// Whether a file is a text without an image.
    private func isLonelyText(_ path: String) -> Bool {
        guard path.hasSuffix(Self.textSuffix) else { return false }
        let stem = path.dropLast(Self.textSuffix.count)
        return !Self.imageExtensions.contains { fileExtension in
            ["", ".bin", ".nrm", ".raw", ".dew"].contains { exists("\(stem)\($0).\(fileExtension)") }
        }
    }

    /// The path without its last extension, and without all extensions: `0001.bin.png` belongs to `0001.gt.txt`.
    private static func stems(_ path: String) -> [String] {
        let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        return [path.lastIndex(of: "."), path[start...].firstIndex(of: ".")].compactMap { $0 }
            .map { String(path[..<$0]) }
    }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
