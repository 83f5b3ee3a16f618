import CommandSupport
import Files
import Foundation

/// A list of problems in a file: place, kind and reason, separated by tabs. The file is created with the first
/// problem.
final class ProblemFile {
    let path: String
    private var file: FileHandle?
    private var waiting = Data()
    private var size: Int

    /// Keeps the first `size` bytes of the file and appends to them; 0 starts a new list.
    init(_ path: String, keeping size: Int) throws {
        self.path = path
        self.size = size
        guard size > 0 else { return }
        let found = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
        guard found >= size else {
            throw CommandError(
                "\(path) has lost entries of the interrupted run; restore the file, or start over with --force"
            )
        }
        try FileError.naming(path, cannotBe: "written") { try opened().truncate(atOffset: UInt64(size)) }
        try file?.seekToEnd()
    }

    /// Adds a line.
    func append(place: String, kind: String, detail: String) throws {
        let fields = [place, kind, detail].map(\.printable)
        waiting += Data((fields.joined(separator: "\t") + "\n").utf8)
        if waiting.count > 1 << 16 { try write() }
    }

    /// Forces all lines to the disk and returns the size of the file in bytes.
    func sync() throws -> Int {
        try write()
        try FileError.naming(path, cannotBe: "written") { try file?.synchronize() }
        return size
    }

    /// Writes the remaining lines. If there is no problem, removes the file that an earlier run left.
    func close() throws {
        try write()
        try? file?.close()
        if size == 0 { try? FileManager.default.removeItem(atPath: path) }
    }

    private func write() throws {
        guard !waiting.isEmpty else { return }
        try FileError.naming(path, cannotBe: "written") { try opened().write(contentsOf: waiting) }
        size += waiting.count
        waiting = Data()
    }

    private func opened() throws -> FileHandle {
        if let file { return file }
        if size == 0 || !FileManager.default.fileExists(atPath: path) {
            try Data().write(to: URL(filePath: path))
        }
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        file = handle
        return handle
    }
}
