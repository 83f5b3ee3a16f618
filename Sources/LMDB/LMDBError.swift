internal import CLMDB
internal import Foundation

/// Why an LMDB file could not be read or written: what was tried, where, why, and what to do next.
public struct LMDBError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was tried.
    public enum Operation: String, Sendable {
        case open, read, write, create
    }

    /// What stood in the way.
    public enum Reason: Sendable, Equatable {
        /// Nothing is at the path.
        case missing
        /// The bytes are not those of an LMDB file.
        case notLMDB(String)
        /// The file was written by another format version of LMDB.
        case version(UInt32)
        /// The file ends before the last page that it names.
        case truncated(bytes: UInt64, expected: UInt64)
        /// A page does not hold what it should.
        case damaged(String)
        /// The file system has no room left.
        case diskFull
        /// The process may not read or write the path.
        case forbidden
        /// All reader slots are taken.
        case tooManyReaders
        /// Another process made the file larger than this process has mapped.
        case grown
        /// Any other refusal, in the words of the library or the operating system.
        case other(String)
    }

    /// What was tried.
    public let operation: Operation
    /// The folder or file.
    public let path: String
    /// What stood in the way.
    public let reason: Reason

    /// What was tried, where, why, and what to do next.
    public var description: String { "cannot \(operation.rawValue) \(path): \(reason)" }

    init(_ operation: Operation, _ path: String, _ reason: Reason) {
        (self.operation, self.path, self.reason) = (operation, path, reason)
    }

    /// Translates a return code of the library.
    init(_ operation: Operation, _ path: String, code: CInt) {
        self.init(operation, path, Reason(code: code))
    }
}

extension LMDBError.Reason: CustomStringConvertible {
    /// Why, and what to do next.
    public var description: String {
        switch self {
        case .missing: "there is no such file, nor a folder that holds data.mdb; check the path"
        case .notLMDB(let found): "it is not an LMDB file (\(found)); give the folder that holds data.mdb"
        case .version(let found):
            "it is written in LMDB format \(found), and only format 1 is supported; copy it with mdb_dump and mdb_load"
        case .truncated(let bytes, let expected):
            "it is cut short, \(bytes) of \(expected) bytes are there; copy or download it again"
        case .damaged(let detail): "it is damaged (\(detail)); copy or download it again"
        case .diskFull: "the disk is full; what was committed before is intact; free some space and repeat"
        case .forbidden: "permission denied; check the owner and mode of the files"
        case .tooManyReaders: "all reader slots are taken; close other readers of it"
        case .grown: "another process has made it larger since it was opened; start again"
        case .other(let detail): detail
        }
    }

    init(code: CInt) {
        self =
            switch code {
            case ENOENT: .missing
            case EACCES, EPERM, EROFS: .forbidden
            case ENOSPC, EDQUOT: .diskFull
            case MDB_INVALID: .notLMDB("the library refuses its first page")
            case MDB_CORRUPTED, MDB_PAGE_NOTFOUND: .damaged(libraryText(code))
            case MDB_READERS_FULL: .tooManyReaders
            case MDB_MAP_RESIZED: .grown
            default: .other(libraryText(code))
            }
    }
}

/// The library's or the operating system's words for `code`.
private func libraryText(_ code: CInt) -> String { String(cString: mdb_strerror(code)) }
