import Files
import Foundation
import Recognition

/// The list of what could not be taken: place, kind and reason, parted by tabs. It exists once there is something in
/// it.
final class ProblemFile {
    let path: String
    private var file: FileHandle?
    private var waiting = Data()
    private var size: Int

    /// Goes on after the first `size` bytes of what is there, or begins anew where there are fewer.
    init(_ path: String, keeping size: Int) throws {
        self.path = path
        self.size = size
        guard size > 0 else { return }
        let found = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
        guard found >= size else {
            throw CommandError(
                "\(path) lacks what the interrupted run listed in it; put it back, or start afresh with --force"
            )
        }
        try FileError.naming(path, cannotBe: "written") { try opened().truncate(atOffset: UInt64(size)) }
        try file?.seekToEnd()
    }

    /// Adds a line.
    func append(place: String, kind: String, detail: String) throws {
        let fields = [place, kind, detail].map { field in
            String(field.map { "\t\n\r\r\n".contains($0) ? " " : $0 })
        }
        waiting += Data((fields.joined(separator: "\t") + "\n").utf8)
        if waiting.count > 1 << 16 { try write() }
    }

    /// Brings all lines to the disk; returns the size of the file.
    func sync() throws -> Int {
        try write()
        try FileError.naming(path, cannotBe: "written") { try file?.synchronize() }
        return size
    }

    /// Writes the rest. A list that an earlier run left is removed where this one has nothing to say.
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
