internal import CLMDB
internal import Foundation
internal import Synchronization

/// An LMDB file opened for reading, shared freely by threads.
///
/// Opening works on read-only file systems and in folders that the process may not write (then without
/// registering as a reader), for folders that hold `data.mdb` and for single files, and for every page size.
/// Up to 126 snapshots of a file live at once, counted over all processes; an ended one leaves its reader slot to
/// the next, so that taking a snapshot is cheap. Open a file once in a process and share it: LMDB's locks count
/// by process.
///
/// `@unchecked Sendable`: the handle is set once, LMDB's environment is thread-safe with `MDB_NOTLS`, and idle
/// transactions are guarded by a mutex.
public final class Environment: @unchecked Sendable {
    /// The folder or file, as it was given.
    public let path: String
    /// Bytes of a page.
    public let pageSize: Int
    /// Size of the data file in bytes when it was opened.
    public let fileSize: UInt64

    /// How often a check begins anew where a commit comes between.
    private static let checkAttempts = 100

    private let handle: OpaquePointer
    private let lockFile: LockFile?
    private let database: MDB_dbi
    private let idle = Mutex<[IdleTransaction]>([])

    /// Opens the folder or file at `path` for reading.
    ///
    /// The file's header and size are checked first: what is missing, foreign, cut short or of another version is
    /// refused with an error that says so.
    public init(reading path: String) throws(LMDBError) {
        let location = Location(path)
        let header = try FileHeader(file: location.dataFile, path: path)
        handle = try Self.opened(location, header)
        lockFile = LockFile(location)
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

    /// Proves, by reading all branch and leaf pages, that no damage of the file can lead a reader outside of it.
    ///
    /// The library trusts the pages: reading a damaged file that was not checked can end the process. The check
    /// holds for the state of the file at this moment.
    public func check() throws(LMDBError) {
        let file = Location(path).dataFile
        for _ in 0..<Self.checkAttempts {
            let snapshot = try snapshot()
            let header = try FileHeader(file: file, path: path)
            guard header.transaction == snapshot.number else { continue }
            var pages = try PageCheck(header, file: file, path: path)
            return try pages.run()
        }
        throw LMDBError(.read, path, .other("it is being changed all the time; wait for the writer's end"))
    }

    /// The state of the file at this moment, unchanged by later commits for as long as the transaction lives.
    ///
    /// Closing a second environment of the same file takes the reader slots of this one, too: a transaction that
    /// cannot be renewed makes way for a new one.
    public func snapshot() throws(LMDBError) -> Transaction {
        while let recycled = idle.withLock({ $0.popLast() }) {
            if mdb_txn_renew(recycled.handle) == MDB_SUCCESS {
                return Transaction(recycled.handle, database, self)
            }
            mdb_txn_abort(recycled.handle)
        }
        return Transaction(try begin(), database, self)
    }

    /// Takes back the reader slot of a snapshot that has ended.
    func recycle(_ transaction: OpaquePointer) {
        mdb_txn_reset(transaction)
        idle.withLock { $0.append(IdleTransaction(handle: transaction)) }
    }

    /// A new read transaction; slots of readers that died are cleared when all are taken.
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

/// A reset read transaction that waits for its next snapshot.
///
/// `@unchecked Sendable`: with `MDB_NOTLS` a read transaction belongs to no thread, and whoever takes it from the
/// pool is its only user.
private struct IdleTransaction: @unchecked Sendable {
    let handle: OpaquePointer
}

extension Environment {
    /// Opens the environment with the strongest locking and the largest map that the surroundings permit.
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

    /// One attempt; the handle is nil where it failed. Without `mapSize` the size recorded in the file is mapped.
    private static func open(
        _ location: Location, flags: CInt, mapSize: Int? = nil
    ) -> (handle: OpaquePointer?, code: CInt) {
        var handle: OpaquePointer?
        var code = mdb_env_create(&handle)
        guard code == MDB_SUCCESS else { return (nil, code) }
        mdb_env_set_mapsize(handle, mapSize ?? 0)
        code = mdb_env_open(handle, location.path, CUnsignedInt(flags), 0o644)
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
