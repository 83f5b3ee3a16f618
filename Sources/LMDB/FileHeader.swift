internal import Files
internal import Foundation

/// The content of the two meta pages at the start of an LMDB file, read without mapping the file.
///
/// The library trusts the file: touching a page beyond its end ends the process with SIGBUS. The last page number in
/// the newer meta page is therefore compared with the size of the file before the file is mapped. The layout is that
/// of `MDB_meta` in LMDB's `mdb.c` on 64-bit machines.
struct FileHeader: Sendable {
    private enum Offset {
        static let flags = 10
        static let magic = 16
        static let version = 20
        static let pageSize = 40
        static let databaseFlags = 92
        static let depth = 94
        static let entries = 120
        static let rootPage = 128
        static let lastPage = 136
        static let transaction = 144
        static let end = 152
    }

    private static let magic: UInt32 = 0xBEEF_C0DE
    private static let metaPageFlag: UInt16 = 0x08
    private static let noPage = UInt64.max
    private static let kindFlags: UInt16 = 0x7F
    private static let maximumDepth = 32
    private static let pageSizes = 512...65_536

    /// The size of a page in bytes: a power of two.
    let pageSize: Int
    /// The number of the last page in use.
    let lastPage: UInt64
    /// The root page of the tree; nil if the tree is empty.
    let rootPage: UInt64?
    /// The number of pages from the root to a leaf, both included.
    let depth: Int
    /// The number of the commit that this header describes.
    let transaction: UInt64
    /// The size of the file in bytes when the header was read.
    let fileSize: UInt64

    /// Reads and checks the header of `file`; messages call it `path`.
    init(file: String, path: String) throws(LMDBError) {
        func refuse(_ reason: LMDBError.Reason) -> LMDBError { LMDBError(.open, path, reason) }
        let descriptor = withFileSystemPath(file) { open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw LMDBError(.open, path, code: errno) }
        defer { close(descriptor) }

        guard let status = FileStatus(ofDescriptor: descriptor) else {
            throw LMDBError(.open, path, code: errno)
        }
        guard status.kind == .regular else { throw refuse(.notLMDB("not a regular file")) }
        fileSize = UInt64(status.size)

        guard let first = Self.meta(descriptor, at: 0) else {
            throw refuse(.notLMDB("\(fileSize) bytes are fewer than a header has"))
        }
        if let reason = Self.defect(of: first) { throw refuse(reason) }
        pageSize = Int(first.load(UInt32.self, at: Offset.pageSize))
        guard Self.pageSizes.contains(pageSize), pageSize.nonzeroBitCount == 1 else {
            throw refuse(.notLMDB("a page size of \(pageSize)"))
        }
        guard let second = Self.meta(descriptor, at: pageSize) else {
            throw refuse(.truncated(bytes: fileSize, expected: UInt64(2 * pageSize)))
        }
        if let reason = Self.defect(of: second) { throw refuse(reason) }
        guard second.load(UInt32.self, at: Offset.pageSize) == UInt32(pageSize) else {
            throw refuse(.damaged("two different page sizes"))
        }

        let isSecondNewer =
            second.load(UInt64.self, at: Offset.transaction) > first.load(UInt64.self, at: Offset.transaction)
        let newest = isSecondNewer ? second : first
        lastPage = newest.load(UInt64.self, at: Offset.lastPage)
        let root = newest.load(UInt64.self, at: Offset.rootPage)
        rootPage = root == Self.noPage ? nil : root
        depth = Int(newest.load(UInt16.self, at: Offset.depth))
        transaction = newest.load(UInt64.self, at: Offset.transaction)
        guard lastPage < UInt64.max / 131_072, root == Self.noPage || (2 <= root && root <= lastPage) else {
            throw refuse(.damaged("a root page of \(root) among \(lastPage) pages"))
        }
        guard (rootPage == nil) == (depth == 0), depth <= Self.maximumDepth else {
            throw refuse(.damaged("a tree of depth \(depth)"))
        }
        guard newest.load(UInt16.self, at: Offset.databaseFlags) & Self.kindFlags == 0 else {
            throw refuse(.other("its keys have a custom order or several values, which is not supported"))
        }
        guard newest.load(UInt64.self, at: Offset.entries) <= fileSize else {
            throw refuse(.damaged("it claims more keys than it has bytes"))
        }
        let expected = (lastPage + 1) * UInt64(pageSize)
        guard fileSize >= expected else { throw refuse(.truncated(bytes: fileSize, expected: expected)) }
    }

    /// The bytes of the meta page at `offset`; nil if the file is too short.
    private static func meta(_ descriptor: CInt, at offset: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: Offset.end)
        return pread(descriptor, &bytes, bytes.count, off_t(offset)) == bytes.count ? bytes : nil
    }

    /// The defect of a meta page; nil if there is none.
    private static func defect(of meta: [UInt8]) -> LMDBError.Reason? {
        let found = meta.load(UInt32.self, at: Offset.magic)
        if found == magic.byteSwapped { return .notLMDB("made on a machine with the other byte order") }
        guard found == magic, meta.load(UInt16.self, at: Offset.flags) & metaPageFlag != 0 else {
            return .notLMDB("its header has no LMDB signature")
        }
        let version = meta.load(UInt32.self, at: Offset.version)
        return version == 1 ? nil : .version(version)
    }
}

extension [UInt8] {
    /// The integer at `offset`, in the byte order of the machine.
    func load<Integer: FixedWidthInteger>(_: Integer.Type, at offset: Int) -> Integer {
        withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Integer.self) }
    }
}
