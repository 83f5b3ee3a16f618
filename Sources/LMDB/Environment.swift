internal import CLMDB
internal import Files
internal import Foundation
internal import Synchronization

/// An LMDB file opened for reading; threads may share it.
///
/// A folder that contains `data.mdb` and a single file can be opened, with every page size. Read-only file systems and
/// folders without write permission are supported, too; the process is then not registered as a reader.
///
/// All processes together can have 126 snapshots of a file at a time. The reader slot of a released snapshot is
/// reused, so that taking a snapshot is cheap. Open a file only once in a process, and share the environment: LMDB's
/// locks belong to the process.
///
/// `@unchecked Sendable`: the handle is set once, LMDB's environment is thread-safe with `MDB_NOTLS`, and idle
/// transactions are guarded by a mutex.
public final class Environment: @unchecked Sendable {
    /// The given path of the folder or file.
    public let path: String
    /// The size of a page in bytes.
    public let pageSize: Int
    /// The size of the data file in bytes at the time of opening.
    public let fileSize: UInt64

    /// The number of times that a check is started, if commits interrupt it.
    private static let checkAttempts = 100

    private let handle: OpaquePointer
    private let lockFile: LockFile?
    private let database: MDB_dbi
    private let idle = Mutex<[IdleTransaction]>([])

    /// Opens the folder or file at `path` for reading.
    ///
    /// The header and the size of the file are checked first. The error says whether the file is missing, not an LMDB
    /// file, truncated, or of another version.
    public init(reading path: String) throws(LMDBError) {
        let location = Location(path)
        let header = try FileHeader(file: location.dataFile, path: path)
        (handle, lockFile) = try LockFile.opened(location) { () throws(LMDBError) in
            try Self.opened(location, header)
        }
        (self.path, pageSize, fileSize) = (path, header.pageSize, header.fileSize)
        do throws(LMDBError) {
            database = try Self.mainDatabase(of: handle, path: path)
        } catch {
            mdb_env_close(handle)
            throw error
        }
    }

    deinit {
        idle.withLock { $0.forEach { mdb_txn_abort($0.handle) } }
        mdb_env_close(handle)
    }

    /// Reads all branch and leaf pages, and proves that none leads a reader outside of the file.
    ///
    /// The library trusts the pages: reading a damaged file without this check can end the process. The check is valid
    /// for the present state of the file.
    public func check() throws(LMDBError) {
        let file = Location(path).dataFile
        for _ in 0..<Self.checkAttempts {
            let snapshot = try snapshot()
            let header = try FileHeader(file: file, path: path)
            guard header.transaction == snapshot.number else { continue }
            var pages = try PageCheck(header, file: file, path: path)
            return try pages.run()
        }
        throw LMDBError(.read, path, .other("other processes keep changing it; wait for them"))
    }

    /// The present state of the file; later commits do not change it for as long as the transaction lives.
    ///
    /// If the process closes a second environment of the same file, the reader slots of this one are lost, too. A
    /// transaction that cannot be renewed is therefore replaced with a new one.
    public func snapshot() throws(LMDBError) -> Transaction {
        while let recycled = idle.withLock({ $0.popLast() }) {
            if mdb_txn_renew(recycled.handle) == MDB_SUCCESS {
                return Transaction(recycled.handle, database, self)
            }
            mdb_txn_abort(recycled.handle)
        }
        return Transaction(try begin(), database, self)
    }

    /// Keeps the reader slot of a released snapshot for the next one.
    func recycle(_ transaction: OpaquePointer) {
        mdb_txn_reset(transaction)
        idle.withLock { $0.append(IdleTransaction(handle: transaction)) }
    }

    /// A new read transaction. If all slots are taken, those of readers that died are cleared.
    private func begin() throws(LMDBError) -> OpaquePointer {
        var transaction: OpaquePointer?
        var code = mdb_txn_begin(handle, nil, CUnsignedInt(MDB_RDONLY), &transaction)
        if code == MDB_READERS_FULL {
            mdb_reader_check(handle, nil)
            code = mdb_txn_begin(handle, nil, CUnsignedInt(MDB_RDONLY), &transaction)
        }
        guard code == MDB_SUCCESS, let transaction else { throw LMDBError(.read, path, code: code) }
        return transaction
    }
}

/// A reset read transaction, ready for the next snapshot.
///
/// `@unchecked Sendable`: with `MDB_NOTLS` a read transaction does not belong to a thread, and the thread that takes it
/// from the pool is its only user.
private struct IdleTransaction: @unchecked Sendable {
    let handle: OpaquePointer
}

extension Environment {
    /// Opens the environment with the strongest locking and the largest map that the file system and the permissions
    /// allow.
    private static func opened(_ location: Location, _ header: FileHeader) throws(LMDBError) -> OpaquePointer
    {
        var flags = MDB_RDONLY | MDB_NOTLS | (location.isSingleFile ? MDB_NOSUBDIR : 0)
        if !location.hasRoomForLocks { flags |= MDB_NOLOCK }
        var attempt = open(location, flags: flags)
        if attempt.code == EACCES || attempt.code == EPERM {
            flags |= MDB_NOLOCK
            attempt = open(location, flags: flags)
        }
        if attempt.code == ENOMEM {
            attempt = open(location, flags: flags, mapSize: Int(header.fileSize))
        }
        guard let handle = attempt.handle else {
            throw LMDBError(.open, location.path, code: attempt.code)
        }
        return handle
    }

    /// Tries to open the environment; the handle is nil on failure. If `mapSize` is nil, the size in the file is mapped.
    private static func open(
        _ location: Location, flags: CInt, mapSize: Int? = nil
    ) -> (handle: OpaquePointer?, code: CInt) {
        var handle: OpaquePointer?
        var code = mdb_env_create(&handle)
        guard code == MDB_SUCCESS else { return (nil, code) }
        mdb_env_set_mapsize(handle, mapSize ?? 0)
        code = withFileSystemPath(location.path) { mdb_env_open(handle, $0, CUnsignedInt(flags), 0o644) }
        if code == MDB_SUCCESS { return (handle, code) }
        mdb_env_close(handle)
        return (nil, code)
    }

    /// The handle of the unnamed database.
    private static func mainDatabase(of handle: OpaquePointer, path: String) throws(LMDBError) -> MDB_dbi {
        var transaction: OpaquePointer?
        var database = MDB_dbi()
        var code = mdb_txn_begin(handle, nil, CUnsignedInt(MDB_RDONLY), &transaction)
        if code == MDB_SUCCESS {
            code = mdb_dbi_open(transaction, nil, 0, &database)
            mdb_txn_abort(transaction)
        }
        guard code == MDB_SUCCESS else { throw LMDBError(.open, path, code: code) }
        return database
    }
}
