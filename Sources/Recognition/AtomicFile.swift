public import Foundation

/// Writes files so that their names never show half of a content.
public enum AtomicFile {
    /// Writes `path` under a temporary name in its folder, syncs it, and renames it. Links are followed, and
    /// what is no regular file (a device, a pipe) is written straight to.
    ///
    /// A process that is killed on the way leaves the old file as it was, and perhaps a file `.NAME.partial`,
    /// which the next write replaces. Throws ``FileError`` where the system refuses, and what `body` throws.
    ///
    /// - Parameters:
    ///   - path: A file, or nothing yet.
    ///   - body: Hands over the content piece by piece.
    public static func write(to path: String, _ body: ((Data) throws -> Void) throws -> Void) throws {
        guard !isSpecial(path) else { return try writeStraight(to: path, body) }
        let target = URL(
            filePath: try FileError.naming(path, cannotBe: "written") { try destination(of: path) })
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

    private static func writeStraight(
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

    /// Whether there is something, perhaps through links, that is no regular file.
    private static func isSpecial(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    }

    /// The path to which links at `path` lead; it need not exist.
    private static func destination(of path: String) throws -> String {
        var path = path
        for _ in 0..<linkLimit {
            guard let link = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else {
                return path
            }
            let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
            path = link.hasPrefix("/") ? link : folder + "/" + link
        }
        throw POSIXError(.ELOOP)
    }

    /// Links that are followed one after the other, as many as the system follows.
    private static let linkLimit = 40

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
