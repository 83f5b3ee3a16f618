import Datasets
import Files
import Foundation
import Recognition

/// What `crnn dataset create` takes samples from, one after the other: a list, or the files of a folder.
struct SampleSource {
    /// How messages call it.
    let name: String
    /// What a source must look like that names samples.
    let expectation: String
    /// How many samples and problems there are.
    let total: Int
    /// The folders below which paths are looked up; none where paths are whole.
    let folders: [String]

    private var samples: any IteratorProtocol<ListedSample>
    private let checksum: DatasetChecksum

    /// The samples of a list.
    init(list: String, _ bytes: [UInt8], _ format: LabelFormat, images: String) throws(LabelFileError) {
        let file = try LabelFile(bytes, name: list, format)
        (name, samples, total) = (list, file, file.lineCount)
        expectation = "each line is the path of an image and its text, by a tab or as --label-format says."
        let beside = URL(filePath: list).deletingLastPathComponent().path(percentEncoded: false)
        folders = [images, beside]
        var checksum = DatasetChecksum()
        checksum.add(ImageDigest(of: bytes), label: "\(format) \(images)".utf8)
        self.checksum = checksum
    }

    /// The images of a folder and its subfolders, with texts in their names as `pattern` says, or in files beside
    /// them where it is nil.
    init(folder: String, _ pattern: NamePattern?) {
        (name, samples) = (folder, FolderSamples(folder, pattern))
        expectation = pattern == nil ? "there is no name.png with name.gt.txt." : "there is no image in it."
        folders = []
        var all = FolderSamples(folder, pattern)
        var (count, checksum) = (0, DatasetChecksum())
        while let file = all.nextFile() {
            checksum.add(ImageDigest(of: Array(file.path.utf8)), label: (pattern?.description ?? "").utf8)
            count += 1
        }
        (total, self.checksum) = (count, checksum)
    }

    /// The next sample; nil at the end.
    mutating func next() -> ListedSample? { samples.next() }

    /// What tells this source, read with these options, from others.
    func fingerprint(with options: TranscodingOptions) -> String { "\(checksum) \(options.description)" }
}

/// The images of a folder as samples.
struct FolderSamples: IteratorProtocol {
    private let search: PredictSearch
    private let pattern: NamePattern?

    private static let imageEndings: Set<String> = [
        "png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif", "webp", "ppm", "pgm", "jp2",
    ]
    private static let textEnding = ".gt.txt"

    init(_ folder: String, _ pattern: NamePattern?) {
        (search, self.pattern) = (PredictSearch([folder]), pattern)
    }

    /// The next file that is an image by its ending, or a text that has none; what cannot be searched, too.
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
                throw CommandError("its name is not like \(pattern)")
            }
            return label
        }
        guard let text = Self.stems(path).map({ $0 + Self.textEnding }).first(where: exists) else {
            throw CommandError("there is no \(Self.stems(path)[0])\(Self.textEnding)")
        }
        let bytes = try FileError.naming(text, cannotBe: "read") { try Data(contentsOf: URL(filePath: text)) }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
        guard let label = String(validating: content, as: UTF8.self) else {
            throw CommandError("\(text) is not valid UTF-8")
        }
        let lines = label.split(whereSeparator: \.isNewline)
        guard let line = lines.first else { throw CommandError("\(text) is empty") }
        guard lines.count == 1 else {
            throw CommandError("\(text) has \(lines.count) lines; an image shows one")
        }
        return String(line)
    }

    private func isImage(_ path: String) -> Bool {
        Self.imageEndings.contains(URL(filePath: path).pathExtension.lowercased())
    }

    /// Whether a file holds a text for which there is no image.
    private func isLonelyText(_ path: String) -> Bool {
        guard path.hasSuffix(Self.textEnding) else { return false }
        let stem = path.dropLast(Self.textEnding.count)
        return !Self.imageEndings.contains { ending in
            ["", ".bin", ".nrm", ".raw", ".dew"].contains { exists("\(stem)\($0).\(ending)") }
        }
    }

    /// A path without its ending, and without all endings: `0001.bin.png` belongs to `0001.gt.txt`.
    private static func stems(_ path: String) -> [String] {
        let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        return [path.lastIndex(of: "."), path[start...].firstIndex(of: ".")].compactMap { $0 }
            .map { String(path[..<$0]) }
    }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
