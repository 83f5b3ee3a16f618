internal import Files
internal import Foundation

/// Reads the tree of an LMDB file without the library, and proves that no page leads outside of the file.
///
/// The library trusts page numbers, offsets and sizes: in a damaged file they lead outside the map and end the
/// process. The layout is that of `MDB_page` and `MDB_node` in LMDB's `mdb.c`. Branch and leaf pages are read; of
/// overflow pages (large values), only the position is checked.
struct PageCheck: ~Copyable {
    private enum Offset {
        static let pageFlags = 10
        static let lower = 12
        static let upper = 14
        static let nodes = 16
    }

    private static let nodeHeader = 8
    private static let branchFlag: UInt16 = 0x01
    private static let leafFlag: UInt16 = 0x02
    private static let kindFlags: UInt16 = 0x6F
    private static let largeValueFlag: UInt16 = 0x01
    private static let duplicatesFlag: UInt16 = 0x04

    /// The pages already read. In a sound file, only one entry leads to each page.
    private var visited: Set<UInt64> = []
    private let header: FileHeader
    private let path: String
    private let descriptor: CInt

    /// Opens `file`; messages call it `path`.
    init(_ header: FileHeader, file: String, path: String) throws(LMDBError) {
        descriptor = withFileSystemPath(file) { open($0, O_RDONLY | O_CLOEXEC) }
        (self.header, self.path) = (header, path)
        guard descriptor >= 0 else { throw LMDBError(.open, path, code: errno) }
    }

    deinit { close(descriptor) }

    /// Checks the whole tree.
    mutating func run() throws(LMDBError) {
        guard let root = header.rootPage else { return }
        try check(page: root, height: header.depth)
    }

    /// Checks a page and all pages below it; `height` is 1 for a leaf.
    private mutating func check(page number: UInt64, height: Int) throws(LMDBError) {
        guard visited.insert(number).inserted else { throw damage(number, "several entries lead to it") }
        let page = try read(number)
        let expected = height == 1 ? Self.leafFlag : Self.branchFlag
        guard page.load(UInt16.self, at: Offset.pageFlags) & Self.kindFlags == expected else {
            throw damage(number, "it is not of the expected kind")
        }
        let (lower, upper) = (
            page.load(UInt16.self, at: Offset.lower), page.load(UInt16.self, at: Offset.upper)
        )
        let count = (Int(lower) - Offset.nodes) / 2
        guard count >= (height == 1 ? 1 : 2), lower <= upper, Int(upper) <= page.count else {
            throw damage(number, "its bounds are invalid")
        }
        for index in 0..<count {
            let start = Int(page.load(UInt16.self, at: Offset.nodes + 2 * index))
            guard start >= Int(upper), start + Self.nodeHeader <= page.count else {
                throw damage(number, "entry \(index) lies outside the page")
            }
            let node = Node(page, at: start)
            if height > 1 {
                guard node.keyEnd <= page.count, 2...header.lastPage ~= node.child else {
                    throw damage(number, "entry \(index) leads outside the file")
                }
                try check(page: node.child, height: height - 1)
            } else if !isSound(node, in: page) {
                throw damage(number, "the value of entry \(index) lies outside the file")
            }
        }
    }

    /// Whether a leaf's value lies within its page, or its overflow pages within the file.
    private borrowing func isSound(_ node: Node, in page: [UInt8]) -> Bool {
        guard node.flags & Self.duplicatesFlag == 0, node.keyEnd <= page.count else { return false }
        guard node.flags & Self.largeValueFlag != 0 else { return node.keyEnd + node.size <= page.count }
        guard node.keyEnd + 8 <= page.count else { return false }
        let first = page.load(UInt64.self, at: node.keyEnd)
        let pages = UInt64((node.size + Offset.nodes + header.pageSize - 1) / header.pageSize)
        return first >= 2 && first <= header.lastPage && pages <= header.lastPage - first + 1
    }

    private borrowing func read(_ number: UInt64) throws(LMDBError) -> [UInt8] {
        var page = [UInt8](repeating: 0, count: header.pageSize)
        let offset = off_t(number) * off_t(header.pageSize)
        guard pread(descriptor, &page, page.count, offset) == page.count else {
            throw damage(number, "it cannot be read")
        }
        guard page.load(UInt64.self, at: 0) == number else {
            throw damage(number, "its page number is wrong")
        }
        return page
    }

    private borrowing func damage(_ page: UInt64, _ detail: String) -> LMDBError {
        LMDBError(.read, path, .damaged("page \(page): \(detail)"))
    }
}

/// The header of an entry in a page.
private struct Node {
    /// The flags of an entry in a leaf.
    let flags: UInt16
    /// The size of the value of an entry in a leaf, in bytes.
    let size: Int
    /// The page to which an entry in a branch leads.
    let child: UInt64
    /// The end of the key in the page.
    let keyEnd: Int

    init(_ page: [UInt8], at start: Int) {
        let low = page.load(UInt16.self, at: start)
        let high = page.load(UInt16.self, at: start + 2)
        flags = page.load(UInt16.self, at: start + 4)
        size = Int(low) | Int(high) << 16
        child = UInt64(size) | UInt64(flags) << 32
        keyEnd = start + 8 + Int(page.load(UInt16.self, at: start + 6))
    }
}
