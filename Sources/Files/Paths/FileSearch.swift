internal import Foundation

/// Searches folders: the one rule by which all commands find files and data sets.
///
/// Paths are searched in their order; a folder with its subfolders, by the bytes of the names. Names that begin with a
/// dot, the leftovers of other systems (such as `__MACOSX` and `Thumbs.db`) and unfinished results of this toolkit are
/// left out unless a path names them. Symbolic links are followed; a folder that is reached again is searched once.
/// Files that are not regular, such as pipes and devices, are found only if a path names them.
///
/// The walk is lazy. Only the names in the folders above the current file are in memory, about 16 bytes for a short name.
public struct FileSearch: Sequence, IteratorProtocol, Sendable {
    /// What the search finds.
    public enum Entry: Sendable, Equatable {
        /// A file; `isNamed` says whether one of the paths names it. A named file need not exist.
        case file(String, isNamed: Bool)
        /// A folder, whose files follow; `isNamed` says whether one of the paths names it.
        case folder(String, isNamed: Bool)
        /// A folder or file in a folder that cannot be read, such as a link to nothing.
        case unreadable(FileError)
    }

    /// The names in a folder that are still to be visited, the next one last. The outermost level has no folder and
    /// contains the paths that the user named.
    private struct Level {
        var folder: String?
        var names: [String]
    }

    /// The folders above the current file, outermost first.
    private var levels: [Level]
    private var visited: Set<FileStatus.Identity> = []

    /// Starts a search of `paths`, which are files or folders.
    public init(_ paths: [String]) { levels = [Level(names: paths.reversed())] }

    /// The next entry; nil after the last.
    public mutating func next() -> Entry? {
        while let level = levels.indices.last {
            guard let name = levels[level].names.popLast() else {
                levels.removeLast()
                continue
            }
            let folder = levels[level].folder
            if let entry = visit((folder ?? "") + name, isNamed: folder == nil) { return entry }
        }
        return nil
    }

    /// The entry at `path`; nil if it is left out.
    private mutating func visit(_ path: String, isNamed: Bool) -> Entry? {
        guard let status = FileStatus(at: path) else {
            return isNamed ? .file(path, isNamed: true) : FileError(reaching: path).map(Entry.unreadable)
        }
        guard status.kind == .folder else {
            return isNamed || status.kind == .regular ? .file(path, isNamed: isNamed) : nil
        }
        guard visited.insert(status.identity).inserted else { return nil }
        do throws(FileError) {
            levels.append(
                Level(
                    folder: path.hasSuffix("/") ? path : path + "/",
                    names: try Self.names(in: path).reversed()))
            return .folder(path, isNamed: isNamed)
        } catch { return .unreadable(error) }
    }
}

extension FileSearch {
    /// The names in a folder that a search visits, in the order of their bytes.
    public static func names(in folder: String) throws(FileError) -> [String] {
        let stream = unsafe withFileSystemPath(folder) { path in unsafe opendir(path) }
        guard let stream = unsafe stream else { throw .last(folder, cannotBe: "read") }
        defer { unsafe closedir(stream) }
        var names: [[UInt8]] = []
        errno = 0
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
                unsafe Array($0.prefix { $0 != 0 })
            }
            if !isLeftOut(name) { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw .last(folder, cannotBe: "read") }
        return names.sorted { $0.lexicographicallyPrecedes($1) }.map(FileName.text)
    }

    /// Whether a search leaves out files and folders of this name.
    public static func isLeftOut(_ name: String) -> Bool { isLeftOut(FileName.bytes(of: name)) }

    private static func isLeftOut(_ name: [UInt8]) -> Bool {
        name.first == UInt8(ascii: ".") || leftovers.contains(name)
            || unfinished.contains { name.suffix($0.count).elementsEqual($0) }
    }

    /// What other systems and programs leave in folders.
    private static let leftovers = Set(
        [
            "__MACOSX", "Thumbs.db", "ehthumbs.db", "desktop.ini", "Desktop.ini", "Icon\r", "lost+found",
            "$RECYCLE.BIN", "$Recycle.Bin", "RECYCLER", "System Volume Information", "@eaDir", "#recycle",
        ].map { Array($0.utf8) })

    private static let unfinished = [StagingDirectory.suffix, ".replaced"].map { Array($0.utf8) }
}

extension FileError {
    /// Why the file at `path` cannot be reached, although something is there, such as a symbolic link to nothing; nil if
    /// it can be reached, or nothing is there.
    public init?(reaching path: String) {
        var status = stat()
        let code = unsafe withFileSystemPath(path) { path in unsafe stat(path, &status) == 0 ? 0 : errno }
        let own = unsafe withFileSystemPath(path) { path in unsafe lstat(path, &status) == 0 ? 0 : errno }
        guard code != 0, own != ENOENT, own != ENOTDIR else { return nil }
        if own == 0, code == ENOENT, let target = Self.target(ofLink: path) {
            let words =
                "is a symbolic link to \(target.printable), which does not exist; fetch it, or remove the link"
            self.init(path: path, reason: words, code: .ENOENT)
        } else {
            self.init(path: path, cannotBe: "read", because: POSIXError(.init(rawValue: code) ?? .EIO))
        }
    }

    private static func target(ofLink path: String) -> String? {
        var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe withFileSystemPath(path) { path in unsafe readlink(path, &bytes, bytes.count) }
        return count < 0 ? nil : FileName.text(of: bytes.prefix(count).map(UInt8.init(bitPattern:)))
    }
}
