internal import CFiles
internal import Foundation

/// A folder in which a result is built before it gets its name: `OUTPUT.unfinished` becomes `OUTPUT`.
///
/// Whatever ends the process, `OUTPUT` is either absent, the earlier result, or the finished one. If `OUTPUT` is a
/// symbolic link, the result is built next to the folder to which it leads, and the link remains. The output is locked
/// against other processes for as long as this value lives.
public struct StagingDirectory: ~Copyable {
    /// What may already exist. An empty folder at the output counts as absent.
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

    /// The path of the folder to which the output leads.
    private let target: String
    private let entries: Set<String>
    private let policy: Policy
    private let lock: FileLock

    /// Makes the staging folder, and its parents if they are missing, or takes over the existing one.
    ///
    /// - Parameters:
    ///   - output: The path of the result.
    ///   - entries: The names of all files and folders that a result consists of. Nothing else is ever removed.
    ///   - policy: What may already exist.
    public init(for output: String, of entries: Set<String>, _ policy: Policy) throws(StagingError) {
        let name = FileLocation.withoutTrailingSlashes(output)
        let target = try Self.target(of: name)
        let lock = try Self.locked(name, target)
        Self.tidyUp(after: target, entries)
        if Folder(target).exists { try Self.checkReplaceable(target, entries, policy) }
        try Self.prepare(target + Self.suffix, entries, policy)
        (self.output, self.target, path) = (name, target, target + Self.suffix)
        (self.entries, self.policy, self.lock) = (entries, policy, lock)
    }

    /// Renames the staging folder to the output. An earlier result is replaced in the same step, and then removed.
    ///
    /// - Parameter syncsFiles: Whether the content of all files is first written to the disk, because nobody has done so.
    public borrowing func finish(syncsFiles: Bool = false) throws(StagingError) {
        if Folder(target).exists { try Self.checkReplaceable(target, entries, policy) }
        try Folder(path).sync(withFiles: syncsFiles)
        try Folder(path).replace(target, movingItTo: Self.former(of: target))
        withExtendedLifetime(lock) {}
    }

    /// Removes the staging folder.
    public borrowing func discard() {
        Folder(path).remove()
        withExtendedLifetime(lock) {}
    }

    /// Throws unless the output is an empty folder, or may be replaced and consists of nothing but `entries`.
    static func checkReplaceable(
        _ output: String, _ entries: Set<String>, _ policy: Policy
    ) throws(StagingError) {
        if Folder(output).isEmpty { return }
        guard policy == .replace else { throw .exists(output) }
        let foreign = Folder(output).contents.filter { !entries.contains($0) }
        if let first = foreign.sorted().first { throw .notReplaceable(path: output, content: first) }
    }

    /// The path to which symbolic links at `output` lead; makes the folders above it.
    private static func target(of output: String) throws(StagingError) -> String {
        guard let target = FileLocation.target(of: output) else {
            throw .file(FileError(path: output, cannotBe: "followed", because: POSIXError(.ELOOP)))
        }
        try Folder(Folder(target).parent).make()
        return target
    }

    private static func locked(_ output: String, _ target: String) throws(StagingError) -> FileLock {
        do throws(FileLockError) { return try FileLock(forOutput: target) } catch {
            throw StagingError(output, error)
        }
    }

    /// Makes the staging folder, or treats the existing one as `policy` says.
    private static func prepare(
        _ path: String, _ entries: Set<String>, _ policy: Policy
    ) throws(StagingError) {
        let existed = Folder(path).exists
        guard !existed || policy != .create else { throw .unfinished(path) }
        try Folder(path).make()
        guard existed, policy != .resume else { return }
        for name in entries { Folder(path + "/" + name).remove() }
    }

    /// The name of an earlier result while it is removed.
    private static func former(of target: String) -> String { target + ".replaced" + suffix }

    /// Removes the earlier result of a run that was killed while it replaced it, or restores it if there is no other.
    private static func tidyUp(after target: String, _ entries: Set<String>) {
        let former = Folder(former(of: target))
        guard former.exists, former.contents.allSatisfy(entries.contains) else { return }
        if Folder(target).exists { former.remove() } else { try? former.rename(to: target) }
    }
}
