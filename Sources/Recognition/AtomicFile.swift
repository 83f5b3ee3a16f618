public import Foundation

/// Writes files so that their names never show half of a content.
public enum AtomicFile {
    /// Writes `path` under a temporary name in its folder, syncs it, and renames it.
    ///
    /// A process that is killed on the way leaves the old file as it was, and perhaps a file `.NAME.partial`,
    /// which the next write replaces. Throws ``FileError`` where the system refuses, and what `body` throws.
    ///
    /// - Parameters:
    ///   - path: A regular file, or nothing yet: what is there, a link or device too, is replaced and not followed.
    ///   - body: Hands over the content piece by piece.
    public static func write(to path: String, _ body: ((Data) throws -> Void) throws -> Void) throws {
        let target = URL(filePath: path)
        let temporary = target.deletingLastPathComponent()
            .appending(path: ".\(target.lastPathComponent).partial")
        do {
            let file = try FileError.naming(path, cannotBe: "written") {
                try Data().write(to: temporary)
                return try FileHandle(forWritingTo: temporary)
            }
            defer { try? file.close() }
            try body { piece in
                try FileError.naming(path, cannotBe: "written") { try file.write(contentsOf: piece) }
            }
            try FileError.naming(path, cannotBe: "written") {
                try file.synchronize()
                try rename(temporary, to: target)
            }
        } catch {
            try? FileManager.default.removeItem(at: temporary)
            throw error
        }
    }

    /// Writes a whole content at once.
    public static func write(_ data: Data, to path: String) throws { try write(to: path) { try $0(data) } }

    /// Renames over an existing file and syncs the folder, so that the new name survives a power cut.
    private static func rename(_ source: URL, to target: URL) throws {
        let (from, to) = (source.path(percentEncoded: false), target.path(percentEncoded: false))
        guard unsafe Foundation.rename(from, to) == 0 else {
            throw POSIXError(.init(rawValue: errno) ?? .EIO)
        }
        let folder = try FileHandle(forReadingFrom: target.deletingLastPathComponent())
        try folder.synchronize()
        try folder.close()
    }
}
