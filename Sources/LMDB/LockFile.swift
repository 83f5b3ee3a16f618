internal import CLMDB
internal import Foundation

/// The lock file of an open environment, held shared for as long as this lives, which is longer than the environment.
///
/// LMDB's locks count by process. When it closes one of two environments of a file in a process, it takes itself for
/// the only user, and (from 0.9.30 on) destroys the locks that the other still needs. This lock stands against that,
/// and it stays when the process closes another descriptor of the file, which drops LMDB's own.
final class LockFile: Sendable {
    private let descriptor: CInt

    /// Nil if the file is missing or cannot be locked, as on read-only file systems.
    init?(_ location: Location) {
        descriptor = CLMDBShareLockFile(location.lockFile)
        guard descriptor >= 0 else { return nil }
    }

    deinit { close(descriptor) }
}
