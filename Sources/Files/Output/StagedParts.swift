internal import Foundation

/// A folder in which several results are built before they all get their names: `OUTPUT/NAME` for each part.
///
/// The parts are built in `OUTPUT/parts.unfinished` and moved when all of them are finished, so that parts of two runs
/// are never mixed. A run that is killed, even while parts are moved, can be resumed. The folder is locked against
/// other processes for as long as this value lives.
public struct StagedParts: ~Copyable {
    /// The folder in which the parts are built.
    public let path: String

    private let folder: String
    private let names: [String]
    private let lock: FileLock
    /// Whether an interrupted run had finished all parts and begun to move them.
    private let isMoving: Bool

    /// The file with the source of the parts.
    private static let source = "source"
    /// The file that says that parts are being moved.
    private static let moving = "moving"

    /// Makes the staging folder, or takes over that of an interrupted run.
    ///
    /// - Parameters:
    ///   - output: The folder for the parts; it is made if it is missing.
    ///   - names: The names of the parts.
    ///   - entries: The names of all files that a part consists of. A part with other content is never replaced.
    ///   - source: A text that differs for other sources and options. A run with another source is not resumed.
    ///   - replacing: Whether parts that exist are replaced at the end, and an interrupted run is started over.
    public init(
        in output: String, names: [String], of entries: Set<String>, source: String, replacing: Bool
    ) throws(StagingError) {
        let folder = FileLocation.target(of: output) ?? output
        let path = folder + "/parts" + StagingDirectory.suffix
        try Folder(folder).make()
        let lock = try Self.locked(output, folder)
        if replacing { Self.clear(path, names) }
        let earlier = try? String(contentsOfFile: path + "/" + Self.source, encoding: .utf8)
        guard earlier == nil || earlier == source else { throw .otherSource(path) }
        let isMoving = Folder(path + "/" + Self.moving).exists
        for name in names where Folder(folder + "/" + name).exists && !isMoving {
            try StagingDirectory.checkReplaceable(
                folder + "/" + name, entries, replacing ? .replace : .create)
        }
        try Folder(path).make()
        do { try StagedFile.write(Data(source.utf8), to: path + "/" + Self.source) } catch {
            throw .file(error)
        }
        (self.path, self.folder, self.names) = (path, folder, names)
        (self.lock, self.isMoving) = (lock, isMoving)
    }

    /// Whether an interrupted run has finished the part already.
    public borrowing func isFinished(_ name: String) -> Bool {
        Folder(path + "/" + name).exists || isMoving && Folder(folder + "/" + name).exists
    }

    /// Gives all parts their names; earlier ones are replaced.
    public borrowing func finish() throws(StagingError) {
        do { try StagedFile.write(Data(), to: path + "/" + Self.moving) } catch { throw .file(error) }
        try Folder(path).sync(withFiles: false)
        for name in names where Folder(path + "/" + name).exists {
            try Folder(path + "/" + name).replace(
                folder + "/" + name, movingItTo: path + "/" + name + ".former")
        }
        Self.clear(path, names)
        withExtendedLifetime(lock) {}
    }

    /// Removes the staging folder with all parts.
    public borrowing func discard() {
        Self.clear(path, names)
        withExtendedLifetime(lock) {}
    }

    /// Removes the staging folder, unless it contains something else.
    private static func clear(_ path: String, _ names: [String]) {
        for name in names.flatMap({ [$0, $0 + StagingDirectory.suffix, $0 + ".former"] }) + [source, moving] {
            Folder(path + "/" + name).remove()
        }
        unsafe rmdir(path)
    }

    private static func locked(_ output: String, _ folder: String) throws(StagingError) -> FileLock {
        do throws(FileLockError) { return try FileLock(folder + "/.parts.lock") } catch {
            throw StagingError(output, error)
        }
    }
}
