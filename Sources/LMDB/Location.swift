internal import Files
internal import Foundation

/// The location of an environment: a folder that contains `data.mdb`, or a single file.
struct Location: Sendable {
    /// The path as given.
    let path: String
    /// Whether `path` is the data file itself.
    let isSingleFile: Bool

    /// Examines `path`; a missing one counts as a folder.
    init(_ path: String) {
        self.path = path
        isSingleFile = FileStatus(at: path).map { $0.kind != .folder } ?? false
    }

    /// The data file.
    var dataFile: String { isSingleFile ? path : path + "/data.mdb" }

    /// The file in which readers and writers are registered.
    var lockFile: String { isSingleFile ? path + "-lock" : path + "/lock.mdb" }

    /// Whether the library can map a lock file here. On a full disk, touching a lock file without allocated blocks would
    /// end the process with SIGBUS.
    var hasRoomForLocks: Bool {
        var status = stat()
        let isAllocated =
            withFileSystemPath(lockFile) { stat($0, &status) } == 0 && status.st_size > 0
            && status.st_blocks * 512 >= status.st_size
        return isAllocated || freeBytes >= Self.roomForLocks
    }

    /// The free bytes of the file system; unlimited if it does not report them.
    var freeBytes: UInt64 {
        var status = statvfs()
        guard withFileSystemPath(isSingleFile ? path : path + "/.", { statvfs($0, &status) }) == 0 else {
            return .max
        }
        return UInt64(status.f_bavail) * UInt64(status.f_frsize)
    }

    /// The number of free bytes below which a disk counts as full.
    static let roomForLocks: UInt64 = 1 << 18
}
