import Foundation
import LMDB
import Synchronization
import TestSupport
import Testing

/// The bytes that tests store under the key of `number`; their length and content are formulas.
func content(_ number: Int, count: Int? = nil) -> [UInt8] {
    (0..<(count ?? 1 + number * 37 % 3000)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ number) }
}

/// Writes the values of `numbers` in one batch.
func write(_ numbers: Range<Int>, to path: String, mapSize: Int = 1 << 24) throws {
    var writer = try Writer(writing: path, mapSize: mapSize)
    var batch = WriteBatch()
    for number in numbers { batch.set("key-\(number)", to: content(number)) }
    try writer.commit(batch)
}

@Test func whatIsWrittenIsRead() throws {
    let folder = try TemporaryFolder()
    try write(0..<100, to: folder.path("db"))
    let snapshot = try Environment(reading: folder.path("db")).snapshot()
    #expect(try snapshot.count == 100)
    for number in 0..<100 { #expect(try snapshot.value(for: "key-\(number)") == content(number)) }
    #expect(try snapshot.value(for: "key-100") == nil)
    #expect(try snapshot.keys(limit: 3) == ["key-0", "key-1", "key-10"])
}

@Test func emptyValuesAndLongKeysAreKept() throws {
    let folder = try TemporaryFolder()
    var writer = try Writer(writing: folder.path("db"))
    var batch = WriteBatch()
    let long = String(repeating: "k", count: 511)
    batch.set("empty", to: [])
    batch.set(long, to: [1])
    try writer.commit(batch)
    let snapshot = try Environment(reading: folder.path("db")).snapshot()
    #expect(try snapshot.value(for: "empty") == [])
    #expect(try snapshot.value(for: long) == [1])
}

@Test func impossibleKeysAreRefusedAndNothingOfTheBatchStays() throws {
    let folder = try TemporaryFolder()
    var writer = try Writer(writing: folder.path("db"))
    for key in ["", String(repeating: "k", count: 512)] {
        var batch = WriteBatch()
        batch.set("good", to: [1])
        batch.set(key, to: [2])
        #expect(throws: LMDBError.self) { try writer.commit(batch) }
    }
    #expect(try Environment(reading: folder.path("db")).snapshot().count == 0)
}

@Test func mapGrowsFromTinySizeAndNothingIsLost() throws {
    let folder = try TemporaryFolder()
    var writer = try Writer(writing: folder.path("db"), mapSize: 1)
    let first = writer.mapSize
    for start in stride(from: 0, to: 2000, by: 100) {
        var batch = WriteBatch()
        for number in start..<start + 100 { batch.set("key-\(number)", to: content(number)) }
        try writer.commit(batch)
    }
    #expect(first == 16 * sysconf(CInt(_SC_PAGESIZE)))
    #expect(writer.mapSize > 10 * first)
    let snapshot = try Environment(reading: folder.path("db")).snapshot()
    for number in 0..<2000 { #expect(try snapshot.value(for: "key-\(number)") == content(number)) }
}

@Test func aValueLargerThanTheMapGrowsIt() throws {
    let folder = try TemporaryFolder()
    var writer = try Writer(writing: folder.path("db"), mapSize: 1)
    var batch = WriteBatch()
    batch.set("large", to: content(1, count: 5_000_000))
    try writer.commit(batch)
    let snapshot = try Environment(reading: folder.path("db")).snapshot()
    #expect(try snapshot.value(for: "large") == content(1, count: 5_000_000))
}

@Test func writingContinuesAnExistingFolder() throws {
    let folder = try TemporaryFolder()
    try write(0..<10, to: folder.path("db"))
    try write(10..<20, to: folder.path("db"), mapSize: 1)
    #expect(try Environment(reading: folder.path("db")).snapshot().count == 20)
}

@Test func snapshotsStayAsTheyWere() throws {
    let folder = try TemporaryFolder()
    try write(0..<10, to: folder.path("db"))
    let environment = try Environment(reading: folder.path("db"))
    let before = try environment.snapshot()
    try write(10..<20, to: folder.path("db"))
    let after = try environment.snapshot()
    #expect(try before.count == 10)
    #expect(try after.count == 20)
}

@Test func closingASecondEnvironmentOfAFileLeavesTheFirstReadable() throws {
    let folder = try TemporaryFolder()
    try write(0..<3, to: folder.path("db"))
    let first = try Environment(reading: folder.path("db"))
    _ = try first.snapshot().count
    for _ in 0..<3 {
        _ = try Environment(reading: folder.path("db")).snapshot().count
        #expect(try first.snapshot().value(for: "key-1") == content(1))
    }
}

@Test func manyThreadsReadAtOnce() throws {
    let folder = try TemporaryFolder()
    try write(0..<200, to: folder.path("db"))
    let environment = try Environment(reading: folder.path("db"))
    let wrong = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 64) { thread in
        for step in 0..<200 {
            let number = (thread * 7 + step) % 200
            let value = try? environment.snapshot().value(for: "key-\(number)")
            if value != content(number) { wrong.add(1, ordering: .relaxed) }
        }
    }
    #expect(wrong.load(ordering: .relaxed) == 0)
}

@Test func moreSnapshotsThanReaderSlotsAreRefusedAndSlotsComeBack() throws {
    let folder = try TemporaryFolder()
    try write(0..<3, to: folder.path("db"))
    let environment = try Environment(reading: folder.path("db"))
    func nested(_ depth: Int) throws -> Int {
        let snapshot = try environment.snapshot()
        return depth == 0 ? try snapshot.count : try nested(depth - 1)
    }
    #expect(try nested(100) == 3)
    let error = #expect(throws: LMDBError.self) { try nested(200) }
    #expect(error?.reason == .tooManyReaders)
    #expect(try nested(100) == 3)
}

@Test func aSingleFileIsReadToo() throws {
    let folder = try TemporaryFolder()
    try write(0..<10, to: folder.path("db"))
    #expect(try Environment(reading: folder.path("db/data.mdb")).snapshot().count == 10)
}

@Test func valuesAreLentInPlace() throws {
    let folder = try TemporaryFolder()
    try write(0..<10, to: folder.path("db"))
    let snapshot = try Environment(reading: folder.path("db")).snapshot()
    let length = try snapshot.withValue(for: "key-7") { $0?.count }
    #expect(length == content(7).count)
    let isMissing = try snapshot.withValue(for: "key-77") { $0 == nil }
    #expect(isMissing)
}
