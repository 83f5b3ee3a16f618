internal import CLMDB
internal import Foundation

/// Why an LMDB file could not be read or written: the operation, the file, the reason and the remedy.
public struct LMDBError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The operations.
    public enum Operation: String, Sendable {
        case open, read, write, create
    }

    /// The reasons.
    public enum Reason: Sendable, Equatable {
        /// There is nothing at the path.
        case missing
        /// The file is not an LMDB file.
        case notLMDB(String)
        /// The file has another format version.
        case version(UInt32)
        /// The file ends before its last page.
        case truncated(bytes: UInt64, expected: UInt64)
        /// A page has invalid content.
        case damaged(String)
        /// The file system is full.
        case diskFull
        /// The process has no permission to read or write the path.
        case forbidden
        /// All reader slots are taken.
        case tooManyReaders
        /// Another process has made the file larger than the map of this process.
        case grown
        /// Any other reason, in the words of the library or the operating system.
        case other(String)
    }

    /// The operation that failed.
    public let operation: Operation
    /// The folder or file.
    public let path: String
    /// The reason.
    public let reason: Reason

    /// The operation, the file, the reason and the remedy.
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
    /// The reason and the remedy.
    public var description: String {
        switch self {
        case .missing: "there is no such file, nor a folder that contains data.mdb; check the path"
        case .notLMDB(let found): "it is not an LMDB file (\(found)); give the folder that contains data.mdb"
        case .version(let found):
            "it has LMDB format \(found), and only format 1 is supported; copy it with mdb_dump and mdb_load"
        case .truncated(let bytes, let expected):
            "it is truncated: only \(bytes) of \(expected) bytes are there; copy or download it again"
        case .damaged(let detail): "it is damaged (\(detail)); copy or download it again"
        case .diskFull: "the disk is full; all earlier commits are intact; free some space and try again"
        case .forbidden: "permission denied; check the owner and mode of the files"
        case .tooManyReaders: "all reader slots are taken; close other readers of it"
        case .grown: "another process has made it larger since it was opened; try again"
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
