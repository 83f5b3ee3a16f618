internal import CLMDB
internal import Files
internal import Foundation

/// A shared lock on the lock file of an open environment. It is released after the environment is closed.
///
/// LMDB's locks belong to the process. When LMDB closes one of two environments of a file in a process, it assumes that
/// there is no other user, and (from version 0.9.30 on) destroys the locks that the other environment still needs. This
/// lock prevents that. Unlike LMDB's own lock, it remains when the process closes another descriptor of the file.
final class LockFile: Sendable {
    private let descriptor: CInt

    /// Held while an environment is opened, because LMDB then takes a short exclusive lock, which would make the shared
    /// lock of another environment fail.
    private static let opening = NSLock()

    /// Opens an environment and locks its lock file, unless the environment works without locks.
    static func opened(
        _ location: Location, by open: () throws(LMDBError) -> OpaquePointer
    ) throws(LMDBError) -> (environment: OpaquePointer, lockFile: LockFile?) {
        opening.lock()
        defer { opening.unlock() }
        let environment = try open()
        var flags: CUnsignedInt = 0
        mdb_env_get_flags(environment, &flags)
        return (environment, flags & CUnsignedInt(MDB_NOLOCK) == 0 ? LockFile(location) : nil)
    }

    private init?(_ location: Location) {
        descriptor = withFileSystemPath(location.lockFile) { CLMDBShareLockFile($0) }
        guard descriptor >= 0 else { return nil }
    }

    deinit { close(descriptor) }
}
