import Files
import Foundation
import LMDB
import TestSupport
import Testing

/// The error on opening `path`; nil if it opens.
private func refusal(_ path: String) -> LMDBError? {
    do throws(LMDBError) {
        _ = try Environment(reading: path)
        return nil
    } catch { return error }
}

/// Makes a folder with a data file of the given bytes.
private func place(_ bytes: some Sequence<UInt8>, in folder: TemporaryFolder, _ name: String = "db") throws
    -> String
{
    try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: folder.path(name + "/data.mdb")))
    return folder.path(name)
}

/// The bytes of a sound data file.
private func properFile(in folder: TemporaryFolder) throws -> Data {
    try write(0..<50, to: folder.path("proper"))
    return try Data(contentsOf: URL(filePath: folder.path("proper/data.mdb")))
}

@Test func missingPathsAreNamed() throws {
    let folder = try TemporaryFolder()
    #expect(refusal(folder.path("nowhere"))?.reason == .missing)
    #expect(refusal(folder.path(""))?.reason == .missing)
    #expect(refusal(folder.path("nowhere"))?.description.contains(folder.path("nowhere")) == true)
}

@Test func everyTruncationIsRefused() throws {
    let folder = try TemporaryFolder()
    let whole = try properFile(in: folder)
    let lengths = [0, 1, 15, 16, 151, 152, 4095, 4096, 4247, 4248, 8191, 8192, 12_288, whole.count - 1]
    for length in lengths {
        let path = try place(whole.prefix(length), in: folder)
        let error = try #require(refusal(path), "\(length) of \(whole.count) bytes were opened")
        switch error.reason {
        case .truncated(let bytes, let expected):
            #expect(bytes == UInt64(length) && expected > bytes)
        case .notLMDB: #expect(length < 152)
        default: Issue.record("\(length) bytes: \(error)")
        }
    }
    #expect(refusal(try place(whole, in: folder)) == nil)
}

@Test func foreignFilesAreRefused() throws {
    let folder = try TemporaryFolder()
    let foreign: [[UInt8]] = [
        Array("path\ttext\n".utf8), content(1, count: 100_000), Array(repeating: 0, count: 65_536),
    ]
    for bytes in foreign {
        guard case .notLMDB = refusal(try place(bytes, in: folder))?.reason else {
            Issue.record("\(bytes.prefix(4)) was not refused")
            continue
        }
    }
}

@Test func otherVersionsAndByteOrdersAreNamed() throws {
    let folder = try TemporaryFolder()
    var file = try properFile(in: folder)
    file[20] = 2
    #expect(refusal(try place(file, in: folder))?.reason == .version(2))
    file[20] = 1
    file.replaceSubrange(16..<20, with: [0xBE, 0xEF, 0xC0, 0xDE])
    #expect(refusal(try place(file, in: folder))?.description.contains("byte order") == true)
}

@Test func aRootPageOutsideTheFileIsDamage() throws {
    let folder = try TemporaryFolder()
    var file = try properFile(in: folder)
    for meta in [0, 4096] { file[meta + 130] = 0x7F }
    guard case .damaged = refusal(try place(file, in: folder))?.reason else {
        Issue.record("a root page outside the file was not refused")
        return
    }
}

@Test func aTreeInAFileOfNoPagesIsDamage() throws {
    let folder = try TemporaryFolder()
    var file = try properFile(in: folder)
    for meta in [0, 4096] { file.replaceSubrange(meta + 136..<meta + 144, with: [1, 0, 0, 0, 0, 0, 0, 0]) }
    guard case .damaged = refusal(try place(file, in: folder))?.reason else {
        Issue.record("a root page beyond the last page was not refused")
        return
    }
}

@Test(arguments: 0..<6) func damageAnywhereIsAnErrorOrHarmless(seed: Int) throws {
    let folder = try TemporaryFolder()
    let whole = try properFile(in: folder)
    var chance = SeededGenerator(seed: UInt64(seed))
    var refusals = 0
    for round in 0..<40 {
        var file = whole
        let start = 4096 * chance.below(file.count / 4096) + chance.below(160)
        for offset in 0..<1 << (round % 8) {
            file[start + offset] = UInt8(chance.below(256))
        }
        do {
            let environment = try Environment(reading: try place(file, in: folder))
            try environment.check()
            let snapshot = try environment.snapshot()
            for key in try snapshot.keys(limit: 100) { _ = try snapshot.value(for: key)?.reduce(0, &+) }
        } catch { refusals += 1 }
    }
    #expect(refusals > 0 && refusals < 40)
}

extension SeededGenerator {
    /// A number from 0 up to `limit` − 1.
    fileprivate mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}

@Test func aCheckedFileOfManyLevelsIsSound() throws {
    let folder = try TemporaryFolder()
    try write(0..<3000, to: folder.path("db"))
    try Environment(reading: folder.path("db")).check()
}

@Test func pagesThatShareWhatIsBelowThemAreDamage() throws {
    let folder = try TemporaryFolder()
    let environment = try Environment(
        reading: try place(handmadeFile(pageSize: 4096, branches: 18), in: folder))
    let error = #expect(throws: LMDBError.self) { try environment.check() }
    #expect(error?.reason == .damaged("page 20: several entries lead to it"))
}

@Test func aFolderNamedLikeTheDataFileIsRefused() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
        atPath: folder.path("db/data.mdb"), withIntermediateDirectories: true)
    #expect(refusal(folder.path("db"))?.reason == .notLMDB("not a regular file"))
}

@Test(arguments: [512, 1024, 2048, 4096, 8192, 16_384, 32_768])
func everyPageSizeIsRead(pageSize: Int) throws {
    let folder = try TemporaryFolder()
    let path = try place(handmadeFile(pageSize: pageSize), in: folder)
    let environment = try Environment(reading: path)
    #expect(environment.pageSize == pageSize)
    let snapshot = try environment.snapshot()
    #expect(try snapshot.count == 2)
    #expect(try snapshot.value(for: "a") == [1, 2, 3, 4])
    #expect(try snapshot.value(for: "b") == [5, 6, 7, 8])
}

/// An LMDB file of two meta pages and a leaf with the keys `a` and `b`, written byte by byte. Above the leaf are
/// `branches` pages, each with two entries that lead to the page below.
private func handmadeFile(pageSize: Int, branches: Int = 0) -> [UInt8] {
    var file = [UInt8](repeating: 0, count: (3 + branches) * pageSize)
    func put<Integer: FixedWidthInteger>(_ value: Integer, at offset: Int) {
        withUnsafeBytes(of: value) { file.replaceSubrange(offset..<offset + $0.count, with: $0) }
    }
    for page in 0...1 {
        let start = page * pageSize
        put(UInt64(page), at: start)
        put(UInt16(0x08), at: start + 10)
        put(UInt32(0xBEEF_C0DE), at: start + 16)
        put(UInt32(1), at: start + 20)
        put(UInt64(1 << 20), at: start + 32)
        put(UInt32(pageSize), at: start + 40)
        put(UInt64.max, at: start + 80)
        put(UInt16(1 + branches), at: start + 94)
        put(UInt64(branches), at: start + 96)
        put(UInt64(1), at: start + 104)
        put(UInt64(2), at: start + 120)
        put(UInt64(2), at: start + 128)
        put(UInt64(2 + branches), at: start + 136)
        put(UInt64(page), at: start + 144)
    }
    for number in 2...2 + branches {
        let (page, isLeaf) = (number * pageSize, number == 2 + branches)
        put(UInt64(number), at: page)
        put(UInt16(isLeaf ? 0x02 : 0x01), at: page + 10)
        put(UInt16(20), at: page + 12)
        put(UInt16(pageSize - 28), at: page + 14)
        for (index, key) in "ab".utf8.enumerated() {
            let node = pageSize - 14 * (index + 1)
            put(UInt16(node), at: page + 16 + 2 * index)
            put(UInt16(isLeaf ? 4 : number + 1), at: page + node)
            put(UInt16(1), at: page + node + 6)
            file[page + node + 8] = key
            file.replaceSubrange(
                page + node + 9..<page + node + 13, with: (1...4).map { UInt8(4 * index + $0) })
        }
    }
    return file
}
