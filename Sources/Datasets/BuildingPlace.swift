internal import Foundation

/// The folder in which a data set is built, locked against other processes until it is let go.
struct BuildingPlace: ~Copyable {
    /// The folder that the set will be.
    let output: String
    /// The folder in which it grows.
    let unfinished: String

    /// What may be in the way.
    enum Tolerance {
        /// Nothing.
        case nothing
        /// A data set, which is replaced at the end, and what an interrupted run left behind, which is removed.
        case replacing
        /// What an interrupted run left behind, which is gone on with.
        case resuming
    }

    private let tolerance: Tolerance
    private let descriptor: CInt

    /// Makes the folder, or takes the one that is there as `tolerance` says.
    init(output: String, _ tolerance: Tolerance) throws(DatasetError) {
        self.output = Self.withoutTrailingSlashes(output)
        self.tolerance = tolerance
        unfinished = self.output + DatasetWriter.unfinishedEnding
        if Folder(self.output).exists { try Self.checkReplaceable(self.output, tolerance) }
        descriptor = try Self.makeLocked(unfinished, tolerance)
    }

    deinit { close(descriptor) }

    /// Gives the finished folder its name. An earlier set stands aside first and is removed last.
    borrowing func finish() throws(DatasetError) {
        let old = output + ".replaced"
        let replaces = Folder(output).exists
        if replaces {
            try Self.checkReplaceable(output, tolerance)
            try Folder(output).rename(to: old)
        }
        fsync(descriptor)
        try Folder(unfinished).rename(to: output)
        Folder(Folder(output).parent).sync()
        if replaces { Folder(old).remove() }
    }

    /// Removes the folder.
    borrowing func discard() { Folder(unfinished).remove() }

    private static func checkReplaceable(
        _ path: String, _ tolerance: Tolerance
    ) throws(DatasetError) {
        guard tolerance == .replacing else { throw .exists(path) }
        let foreign = Folder(path).contents.filter { $0 != "data.mdb" && $0 != "lock.mdb" }
        if let first = foreign.sorted().first { throw .notReplaceable(path: path, content: first) }
    }

    /// Makes the folder and locks it; returns the descriptor that holds the lock.
    private static func makeLocked(
        _ path: String, _ tolerance: Tolerance
    ) throws(DatasetError) -> CInt {
        let existed = Folder(path).exists
        try Folder(path).make()
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Folder(path).failure("open") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .busy(path)
        }
        guard existed, tolerance != .resuming else { return descriptor }
        guard tolerance == .replacing else {
            close(descriptor)
            throw .unfinished(path)
        }
        for name in ["data.mdb", "lock.mdb"] { unsafe unlink(path + "/" + name) }
        return descriptor
    }

    private static func withoutTrailingSlashes(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }
}
