import CommandSupport
import Datasets
import Files
import Foundation

/// The images of a folder as samples.
struct FolderSamples: IteratorProtocol {
    private var search: FileSearch
    private let pattern: NamePattern?
    /// The texts that belong to the images of the folder that was looked at last.
    private var texts: (folder: Substring, paths: Set<String>) = ("", [])

    private static let textSuffix = ".gt.txt"

    init(_ folder: String, _ pattern: NamePattern?) {
        (search, self.pattern) = (FileSearch([folder]), pattern)
    }

    /// The next image, text without an image, or entry that cannot be read, and its path.
    mutating func nextEntry() -> (entry: FileSearch.Entry, path: String)? {
        while let entry = search.next() {
            switch entry {
            case .unreadable(let error): return (entry, error.path)
            case .file(let path, _) where ImageFile.isImage(path) || isLonelyText(path): return (entry, path)
            case .file, .folder: continue
            }
        }
        return nil
    }

    mutating func next() -> ListedSample? {
        guard let (entry, path) = nextEntry() else { return nil }
        if case .unreadable(let error) = entry { return .refused(place: path, reason: error.reason) }
        if Self.isText(path) { return .refused(place: path, reason: "there is no image for this text") }
        do {
            let label = try label(of: path)
            if let reason = LabelDefects.controlDefect(of: label) {
                return .refused(place: path, reason: reason)
            }
            return .sample(ListedSample.Entry(place: path, path: path, label: label))
        } catch {
            return .refused(place: path, reason: "\(error)")
        }
    }

    private func label(of path: String) throws -> String {
        guard let pattern else { return try textNextTo(path) }
        guard let label = pattern.label(in: path) else {
            throw CommandError("the file name does not match \(pattern)")
        }
        guard FileName.isUTF8(label) else {
            throw CommandError("the file name is not valid UTF-8; rename the file, for example with convmv")
        }
        return label
    }

    /// The text in the file next to an image.
    private func textNextTo(_ path: String) throws -> String {
        let candidates = Self.textPaths(of: path)
        guard let text = candidates.first(where: { FileStatus(at: $0) != nil }) else {
            throw CommandError("there is no \(candidates[0].printable)")
        }
        let bytes = try FileError.naming(text, cannotBe: "read") {
            try FileHandle.reading(text).readToEnd() ?? Data()
        }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
        guard let label = String(validating: content, as: UTF8.self) else {
            throw CommandError("\(text.printable) is not valid UTF-8")
        }
        let lines = label.split(whereSeparator: \.isNewline)
        guard let line = lines.first else { throw CommandError("\(text.printable) is empty") }
        guard lines.count == 1 else {
            throw CommandError("\(text.printable) has \(lines.count) lines; the text of an image has one")
        }
        return String(line)
    }

    /// Whether a file is a text without an image.
    private mutating func isLonelyText(_ path: String) -> Bool {
        guard pattern == nil, Self.isText(path) else { return false }
        let folder = path[..<FileName.last(of: path).startIndex]
        if texts.folder != folder {
            let names = (try? FileSearch.names(in: folder.isEmpty ? "." : String(folder))) ?? []
            let images = names.lazy.map { folder + $0 }.filter { ImageFile.isImage(String($0)) }
            texts = (folder, Set(images.flatMap { Self.textPaths(of: String($0)) }))
        }
        return !texts.paths.contains(path)
    }

    private static func isText(_ path: String) -> Bool { path.hasSuffix(textSuffix) }

    /// The paths at which the text of an image may be: its name without its last extension, or without all: the text of
    /// `0001.bin.png` is `0001.bin.gt.txt` or `0001.gt.txt`.
    private static func textPaths(of path: String) -> [String] {
        let name = FileName.last(of: path).utf8, dot = UInt8(ascii: ".")
        let ends = [name.lastIndex(of: dot) ?? name.endIndex, name.firstIndex(of: dot) ?? name.endIndex]
        return ends.map { path[..<$0] + textSuffix }
    }
}
