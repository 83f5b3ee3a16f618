internal import Foundation

/// Where an environment's bytes lie: a folder with `data.mdb` in it, or a single file.
struct Location: Sendable {
    /// The path as the user gave it.
    let path: String
    /// Whether `path` is itself the data file.
    let isSingleFile: Bool

    /// Looks at what is at `path`; what is missing counts as a folder.
    init(_ path: String) {
        var status = stat()
        self.path = path
        isSingleFile = stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
    }

    /// The data file.
    var dataFile: String { isSingleFile ? path : path + "/data.mdb" }

    /// The file in which readers and writers register.
    var lockFile: String { isSingleFile ? path + "-lock" : path + "/lock.mdb" }

    /// Whether the library can map a lock file here. On a full disk, touching one whose blocks are not allocated
    /// would end the process with SIGBUS.
    var hasRoomForLocks: Bool {
        var status = stat()
        let isAllocated =
            stat(lockFile, &status) == 0 && status.st_size > 0 && status.st_blocks * 512 >= status.st_size
        return isAllocated || freeBytes >= Self.roomForLocks
    }

    /// Free bytes of the file system that holds the data; unlimited where it does not say.
    var freeBytes: UInt64 {
        var status = statvfs()
        guard statvfs(isSingleFile ? path : path + "/.", &status) == 0 else { return .max }
        return UInt64(status.f_bavail) * UInt64(status.f_frsize)
    }

    /// Free bytes below which a disk counts as full.
    static let roomForLocks: UInt64 = 1 << 18
}
