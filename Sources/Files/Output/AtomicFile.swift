public import Foundation

/// Writes files such that nobody ever sees half of their content under their name.
public enum AtomicFile {
    /// Writes the file at `path` under a temporary name in the same folder, syncs it, and renames it.
    ///
    /// Symbolic links are followed. A path that is not a regular file, such as a device or a pipe, is written directly.
    /// If the process is killed meanwhile, the old file stays as it was. Files `.NAME.partial` and `.NAME.lock` may
    /// remain; the next write replaces them. Two processes never write the same file at once.
    ///
    /// - Parameters:
    ///   - path: The file to write; it need not exist.
    ///   - body: Passes the content, piece by piece, to the function that it is given.
    /// - Throws: ``FileError`` if the system refuses, and whatever `body` throws.
    public static func write(to path: String, _ body: ((Data) throws -> Void) throws -> Void) throws {
        guard !isSpecial(path) else { return try writeDirectly(to: path, body) }
        let target = URL(filePath: try destination(of: path))
        let lock = try locked(path, at: target.path(percentEncoded: false))
        let temporary = target.deletingLastPathComponent()
            .appending(path: ".\(target.lastPathComponent).partial")
        defer { withExtendedLifetime(lock) {} }
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

    /// Writes the whole content at once; see ``write(to:_:)``.
    public static func write(_ data: Data, to path: String) throws { try write(to: path) { try $0(data) } }

    private static func writeDirectly(
        to path: String, _ body: ((Data) throws -> Void) throws -> Void
    ) throws {
        let file = try FileError.naming(path, cannotBe: "written") {
            try FileHandle(forWritingTo: URL(filePath: path))
        }
        defer { try? file.close() }
        try body { piece in
            try FileError.naming(path, cannotBe: "written") { try file.write(contentsOf: piece) }
        }
    }

    private static func locked(_ path: String, at target: String) throws -> FileLock {
        do throws(FileLockError) { return try FileLock(forOutput: target) } catch {
            throw FileError(path: path, error)
        }
    }

    /// Whether something other than a regular file is at `path`.
    private static func isSpecial(_ path: String) -> Bool {
        FileStatus(at: path).map { $0.kind != .regular } ?? false
    }

    /// The path to which symbolic links at `path` lead; it need not exist.
    private static func destination(of path: String) throws -> String {
        guard let target = FileLocation.target(of: path) else {
            throw FileError(path: path, cannotBe: "written", because: POSIXError(.ELOOP))
        }
        return target
    }

    /// Renames over an existing file and syncs the folder, so that the new name survives a power failure.
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
