internal import Foundation

/// A folder in which a result is built before it gets its name: `OUTPUT.unfinished` becomes `OUTPUT`.
///
/// Whatever ends the process, `OUTPUT` is either absent, the earlier result, or the finished one. The folder is locked
/// against other processes for as long as this value lives.
public struct StagingDirectory: ~Copyable {
    /// What may already exist.
    public enum Policy: Sendable {
        /// Neither the output nor the staging folder.
        case create
        /// Both: the output is replaced at the end, and files in the staging folder are removed at once.
        case replace
        /// The staging folder of an interrupted run; its files are removed.
        case restart
        /// The staging folder of an interrupted run; its files are kept.
        case resume
    }

    /// The suffix of the staging folder's name.
    public static let suffix = ".unfinished"

    /// The path of the result, without trailing slashes.
    public let output: String
    /// The path of the staging folder.
    public let path: String

    private let entries: Set<String>
    private let policy: Policy
    private let descriptor: CInt

    /// Makes the staging folder, and its parents if they are missing, or takes over the existing one.
    ///
    /// - Parameters:
    ///   - output: The path of the result.
    ///   - entries: The names of all files and folders that a result consists of. Nothing else is ever removed.
    ///   - policy: What may already exist.
    public init(for output: String, of entries: Set<String>, _ policy: Policy) throws(StagingError) {
        self.output = Self.withoutTrailingSlashes(output)
        (self.entries, self.policy) = (entries, policy)
        path = self.output + Self.suffix
        if Folder(self.output).exists { try Self.checkReplaceable(self.output, entries, policy) }
        descriptor = try Self.locked(path, entries, policy)
    }

    deinit { close(descriptor) }

    /// Renames the staging folder to the output. An earlier result is first renamed, then replaced, and removed last.
    public borrowing func finish() throws(StagingError) {
        let old = output + ".replaced"
        let replaces = Folder(output).exists
        if replaces {
            try Self.checkReplaceable(output, entries, policy)
            try Folder(output).rename(to: old)
        }
        fsync(descriptor)
        try Folder(path).rename(to: output)
        Folder(Folder(output).parent).sync()
        if replaces { Folder(old).remove() }
    }

    /// Removes the staging folder.
    public borrowing func discard() { Folder(path).remove() }

    /// Throws unless the output may be replaced and consists of nothing but `entries`.
    private static func checkReplaceable(
        _ output: String, _ entries: Set<String>, _ policy: Policy
    ) throws(StagingError) {
        guard policy == .replace else { throw .exists(output) }
        let foreign = Folder(output).contents.filter { !entries.contains($0) }
        if let first = foreign.sorted().first { throw .notReplaceable(path: output, content: first) }
    }

    /// Makes the folder and locks it. Returns the descriptor that holds the lock.
    private static func locked(
        _ path: String, _ entries: Set<String>, _ policy: Policy
    ) throws(StagingError) -> CInt {
        let existed = Folder(path).exists
        try Folder(path).make()
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file(.last(path, cannotBe: "opened")) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .busy(path)
        }
        guard existed, policy != .resume else { return descriptor }
        guard policy != .create else {
            close(descriptor)
            throw .unfinished(path)
        }
        for name in entries { Folder(path + "/" + name).remove() }
        return descriptor
    }

    private static func withoutTrailingSlashes(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }
}
