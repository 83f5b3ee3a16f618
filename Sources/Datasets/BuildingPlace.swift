internal import Foundation

/// The folder in which a data set is built, locked against other processes until it is let go.
struct BuildingPlace: ~Copyable {
    /// The folder that the set will be.
    let output: String
    /// The folder in which it grows.
    let unfinished: String

    private let replacing: Bool
    private let descriptor: CInt

    /// Makes the folder; `replacing` allows what a data set or an interrupted run left in the way to be removed.
    init(output: String, replacing: Bool) throws(DatasetError) {
        self.output = Self.withoutTrailingSlashes(output)
        self.replacing = replacing
        unfinished = self.output + DatasetWriter.unfinishedEnding
        if Folder(self.output).exists { try Self.checkReplaceable(self.output, replacing) }
        descriptor = try Self.makeLocked(unfinished, replacing)
    }

    deinit { close(descriptor) }

    /// Gives the finished folder its name. An earlier set stands aside first and is removed last.
    borrowing func finish() throws(DatasetError) {
        let old = output + ".replaced"
        let replaces = Folder(output).exists
        if replaces {
            try Self.checkReplaceable(output, replacing)
            try Folder(output).rename(to: old)
        }
        fsync(descriptor)
        try Folder(unfinished).rename(to: output)
        Folder(Folder(output).parent).sync()
        if replaces { Folder(old).remove() }
    }

    /// Removes the folder.
    borrowing func discard() { Folder(unfinished).remove() }

    private static func checkReplaceable(_ path: String, _ replacing: Bool) throws(DatasetError) {
        let foreign = Folder(path).contents.filter { $0 != "data.mdb" && $0 != "lock.mdb" }
        if replacing, let first = foreign.sorted().first {
            throw .notReplaceable(path: path, content: first)
        }
        if !replacing { throw .exists(path) }
    }

    /// Makes the folder and locks it; returns the descriptor that holds the lock.
    private static func makeLocked(_ path: String, _ replacing: Bool) throws(DatasetError) -> CInt {
        let existed = Folder(path).exists
        try Folder(path).make()
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Folder(path).failure("open") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .busy(path)
        }
        guard existed else { return descriptor }
        guard replacing else {
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
