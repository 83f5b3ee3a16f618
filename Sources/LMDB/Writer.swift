internal import CLMDB
internal import Foundation

/// An LMDB folder opened for writing, batch by batch.
///
/// If the map is full, it is enlarged and the batch is written again, so that the size need not be known in advance.
/// A commit is synced to the disk before it returns. A batch that fails leaves all earlier commits intact.
public struct Writer: ~Copyable {
    /// The folder.
    public let path: String
    /// The present size of the map in bytes of address space.
    public private(set) var mapSize: Int

    private let handle: OpaquePointer
    private let lockFile: LockFile?

    /// Opens the folder at `path` for writing; makes it, but not its parents, if it is missing.
    ///
    /// - Parameters:
    ///   - path: The folder; its parent exists.
    ///   - mapSize: The initial size of the map in bytes.
    public init(writing path: String, mapSize: Int = 1 << 24) throws(LMDBError) {
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
            throw LMDBError(.create, path, code: errno)
        }
        let location = Location(path)
        guard location.hasRoomForLocks else { throw LMDBError(.create, path, .diskFull) }
        if access(location.dataFile, F_OK) == 0 {
            _ = try FileHeader(file: location.dataFile, path: path)
        }
        (handle, lockFile) = try LockFile.opened(location) { () throws(LMDBError) in
            try Self.opened(path, mapSize: Self.roundedToPages(mapSize))
        }
        var information = MDB_envinfo()
        mdb_env_info(handle, &information)
        (self.path, self.mapSize) = (path, information.me_mapsize)
    }

    deinit { mdb_env_close(handle) }

    /// Writes all entries of `batch` in one synced transaction.
    public mutating func commit(_ batch: WriteBatch) throws(LMDBError) {
        while true {
            let code = attempt(batch)
            switch code {
            case MDB_SUCCESS: return
            case MDB_MAP_FULL: try grow(by: batch.byteCount)
            case MDB_MAP_RESIZED: try remap(to: 0)
            default: throw failure(code)
            }
        }
    }

    /// Writes all entries in one transaction. If the code is not success, the file is unchanged.
    private func attempt(_ batch: WriteBatch) -> CInt {
        var transaction: OpaquePointer?
        var database = MDB_dbi()
        var code = mdb_txn_begin(handle, nil, 0, &transaction)
        guard code == MDB_SUCCESS else { return code }
        code = mdb_dbi_open(transaction, nil, 0, &database)
        for (key, value) in batch.entries where code == MDB_SUCCESS {
            code = Self.put(transaction, database, key, value)
        }
        for key in batch.removals where code == MDB_SUCCESS {
            code = Self.remove(key, transaction, database)
        }
        if code == MDB_SUCCESS { return mdb_txn_commit(transaction) }
        mdb_txn_abort(transaction)
        return code
    }

    private static func remove(_ key: String, _ transaction: OpaquePointer?, _ database: MDB_dbi) -> CInt {
        var key = key
        let code = key.withUTF8 { bytes in
            var name = MDB_val(
                mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            return mdb_del(transaction, database, &name, nil)
        }
        return code == MDB_NOTFOUND ? MDB_SUCCESS : code
    }

    private static func put(
        _ transaction: OpaquePointer?, _ database: MDB_dbi, _ key: String, _ value: [UInt8]
    ) -> CInt {
        var key = key
        return key.withUTF8 { keyBytes in
            value.withUnsafeBytes { valueBytes in
                var name = MDB_val(
                    mv_size: keyBytes.count, mv_data: UnsafeMutableRawPointer(mutating: keyBytes.baseAddress))
                var content = MDB_val(
                    mv_size: valueBytes.count,
                    mv_data: UnsafeMutableRawPointer(mutating: valueBytes.baseAddress))
                return mdb_put(transaction, database, &name, &content, 0)
            }
        }
    }
}

extension Writer {
    private static func opened(_ path: String, mapSize: Int) throws(LMDBError) -> OpaquePointer {
        var handle: OpaquePointer?
        var code = mdb_env_create(&handle)
        guard code == MDB_SUCCESS, let handle else { throw LMDBError(.create, path, code: code) }
        mdb_env_set_mapsize(handle, mapSize)
        code = mdb_env_open(handle, path, 0, 0o644)
        guard code == MDB_SUCCESS else {
            mdb_env_close(handle)
            throw LMDBError(.create, path, code: code)
        }
        return handle
    }

    /// Enlarges the map to at least twice its size, with room for `bytes` more.
    private mutating func grow(by bytes: Int) throws(LMDBError) {
        try remap(to: Self.roundedToPages(2 * mapSize + 2 * bytes))
    }

    /// Sets the size of the map; 0 adopts the size that another process has set.
    private mutating func remap(to size: Int) throws(LMDBError) {
        let code = mdb_env_set_mapsize(handle, size)
        guard code == MDB_SUCCESS else { throw LMDBError(.write, path, code: code) }
        var information = MDB_envinfo()
        mdb_env_info(handle, &information)
        mapSize = information.me_mapsize
    }

    private static func roundedToPages(_ size: Int) -> Int {
        let page = max(sysconf(CInt(_SC_PAGESIZE)), 1)
        return max((size + page - 1) / page, 16) * page
    }

    /// The error for `code`. If a full disk interrupts a write, the library returns EIO.
    private func failure(_ code: CInt) -> LMDBError {
        let isFull = code == EIO && Location(path).freeBytes < Location.roomForLocks
        return isFull ? LMDBError(.write, path, .diskFull) : LMDBError(.write, path, code: code)
    }
}
