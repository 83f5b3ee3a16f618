internal import CLMDB

/// A snapshot of an environment: it shows the state at the time when it was taken.
///
/// The bytes of a value are passed to a closure and cannot outlive the transaction. The transaction ends when its owner
/// releases it; its reader slot is then reused.
public struct Transaction: ~Copyable {
    private let handle: OpaquePointer
    private let database: CUnsignedInt
    private let environment: Environment

    init(_ handle: OpaquePointer, _ database: CUnsignedInt, _ environment: Environment) {
        (self.handle, self.database, self.environment) = (handle, database, environment)
    }

    deinit { environment.recycle(handle) }

    /// The number of the commit that this snapshot shows.
    public var number: UInt64 { UInt64(UInt(bitPattern: mdb_txn_id(handle))) }

    /// Passes the bytes stored under `key`, without a copy, to `body`; nil if the key is missing.
    ///
    /// The pointer is valid during the call only.
    public borrowing func withValue<Result>(
        for key: String, _ body: (UnsafeRawBufferPointer?) throws -> Result
    ) throws -> Result {
        try body(try bytes(for: key))
    }

    /// A copy of the bytes stored under `key`; nil if the key is missing.
    public borrowing func value(for key: String) throws(LMDBError) -> [UInt8]? {
        try bytes(for: key).map { Array($0) }
    }

    /// Whether there is a value under `key`.
    public borrowing func contains(_ key: String) throws(LMDBError) -> Bool { try bytes(for: key) != nil }

    /// The number of keys.
    public var count: Int {
        get throws(LMDBError) {
            var statistics = MDB_stat()
            let code = mdb_stat(handle, database, &statistics)
            guard code == MDB_SUCCESS else { throw LMDBError(.read, environment.path, code: code) }
            return statistics.ms_entries
        }
    }

    /// The first `limit` keys in the order of their bytes; invalid UTF-8 is repaired.
    public borrowing func keys(limit: Int) throws(LMDBError) -> [String] {
        var keys: [String] = []
        guard limit > 0 else { return keys }
        try forEachKey { key in
            keys.append(key)
            return keys.count < limit
        }
        return keys
    }

    /// The first key, in the order of bytes, that is not before `start`; nil if there is none. Invalid UTF-8 is repaired.
    public borrowing func key(from start: String) throws(LMDBError) -> String? {
        var cursor: OpaquePointer?
        var code = mdb_cursor_open(handle, database, &cursor)
        guard code == MDB_SUCCESS else { throw LMDBError(.read, environment.path, code: code) }
        defer { mdb_cursor_close(cursor) }
        var start = start
        let key = start.withUTF8 { bytes in
            var key = MDB_val(
                mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            code = mdb_cursor_get(cursor, &key, nil, MDB_SET_RANGE)
            return code == MDB_SUCCESS ? String(decoding: key.bytes, as: UTF8.self) : nil
        }
        guard code == MDB_SUCCESS || code == MDB_NOTFOUND else {
            throw LMDBError(.read, environment.path, code: code)
        }
        return key
    }

    /// Calls `body` with each key in the order of their bytes until it returns false; invalid UTF-8 is repaired.
    public borrowing func forEachKey(_ body: (String) -> Bool) throws(LMDBError) {
        var cursor: OpaquePointer?
        var code = mdb_cursor_open(handle, database, &cursor)
        guard code == MDB_SUCCESS else { throw LMDBError(.read, environment.path, code: code) }
        defer { mdb_cursor_close(cursor) }
        var key = MDB_val()
        repeat {
            code = mdb_cursor_get(cursor, &key, nil, MDB_NEXT)
            if code == MDB_NOTFOUND { return }
            guard code == MDB_SUCCESS else { throw LMDBError(.read, environment.path, code: code) }
        } while body(String(decoding: key.bytes, as: UTF8.self))
    }

    /// The bytes stored under `key`, valid for as long as this transaction lives.
    private borrowing func bytes(for key: String) throws(LMDBError) -> UnsafeRawBufferPointer? {
        var key = key
        var value = MDB_val()
        let code = key.withUTF8 { bytes in
            var name = MDB_val(
                mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            return mdb_get(handle, database, &name, &value)
        }
        switch code {
        case MDB_SUCCESS: return value.bytes
        case MDB_NOTFOUND: return nil
        default: throw LMDBError(.read, environment.path, code: code)
        }
    }
}

extension MDB_val {
    /// The bytes of the value, without a copy.
    fileprivate var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: mv_data, count: mv_size) }
}
