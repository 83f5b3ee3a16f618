import Datasets
import Dispatch
import Foundation
import Imaging
import LMDB
import Synchronization
import TestSupport
import Testing

/// The encoded image of sample `number`; its size and pixels are formulas.
func picture(_ number: Int) throws -> [UInt8] {
    let (width, height) = (8 + number % 5, 4 + number % 3)
    let pixels = (0..<width * height).map { UInt8(truncatingIfNeeded: $0 * 7 + number) }
    return try Image(width: width, height: height, pixels: pixels).encodedPNG()
}

/// Builds a data set of `count` samples labelled `text 0`, `text 1`, ….
@discardableResult
func build(_ count: Int, at path: String, replacing: Bool = false) throws -> String {
    var writer = try DatasetWriter(path, replacing: replacing)
    for number in 0..<count { try writer.append(image: try picture(number), label: "text \(number)") }
    try writer.finish()
    return path
}

/// Writes an LMDB with exactly these entries.
func place(_ entries: [(String, [UInt8])], at path: String) throws -> String {
    var writer = try Writer(writing: path)
    var batch = WriteBatch()
    for (key, value) in entries { batch.set(key, to: value) }
    try writer.commit(batch)
    return path
}

/// The error on opening `path`; nil if it opens.
func refusal(_ path: String) -> DatasetError? {
    do throws(DatasetError) {
        _ = try LMDBDataset(path)
        return nil
    } catch { return error }
}

@Test func aBuiltSetIsReadBack() throws {
    let folder = try TemporaryFolder()
    let dataset = try LMDBDataset(try build(25, at: folder.path("set")))
    #expect(dataset.count == 25)
    for number in 0..<25 {
        let sample = try dataset[number]
        #expect(sample.bytes == (try picture(number)))
        #expect(sample.label == "text \(number)")
    }
    #expect(dataset.key(0) == "image-000000001")
    #expect(dataset.key(999_999_999) == "image-1000000000")
    #expect(dataset.name(24).description == "image-000000025 in \(folder.path("set"))")
}

@Test func manyThreadsReadOneSet() throws {
    let folder = try TemporaryFolder()
    let dataset = try LMDBDataset(try build(50, at: folder.path("set")))
    let pictures = try (0..<50).map(picture)
    let wrong = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 32) { thread in
        for step in 0..<100 {
            let number = (thread * 3 + step) % 50
            let isRight = try? dataset.withSample(number) { bytes, label in
                bytes.elementsEqual(pictures[number]) && label == "text \(number)"
            }
            if isRight != true { wrong.add(1, ordering: .relaxed) }
        }
    }
    #expect(wrong.load(ordering: .relaxed) == 0)
}

@Test func anEmptySetHasNoSamples() throws {
    let folder = try TemporaryFolder()
    let dataset = try LMDBDataset(try build(0, at: folder.path("set")))
    #expect(dataset.count == 0)
    let summary = DatasetSummary(of: dataset)
    #expect(summary.widths == nil && summary.labelLengths == nil && summary.problemCount == 0)
}

@Test func missingKeysAreNamed() throws {
    let folder = try TemporaryFolder()
    let path = try place(
        [
            ("num-samples", Array("3".utf8)), ("image-000000001", try picture(1)), ("label-000000001", [65]),
            ("image-000000002", try picture(2)), ("label-000000003", [65]),
        ], at: folder.path("set"))
    let dataset = try LMDBDataset(path)
    #expect(try dataset[0].label == "A")
    #expect(throws: DatasetError.missingKey(SampleName(path: path, key: "label-000000002"))) {
        try dataset[1]
    }
    #expect(throws: DatasetError.missingKey(SampleName(path: path, key: "image-000000003"))) {
        try dataset[2]
    }
    let error = #expect(throws: DatasetError.self) { try dataset.label(1) }
    #expect(error?.description == "label-000000002 in \(path): missing")
}

@Test func labelsThatAreNotUTF8AreNamed() throws {
    let folder = try TemporaryFolder()
    let path = try place(
        [("num-samples", [49]), ("image-000000001", try picture(1)), ("label-000000001", [0xC3, 0x28])],
        at: folder.path("set"))
    let dataset = try LMDBDataset(path)
    #expect(throws: DatasetError.labelNotUTF8(SampleName(path: path, key: "label-000000001"))) {
        try dataset[0]
    }
}

@Test(arguments: ["", "many", "-1", "1.5", "99999999999999999999", "4"])
func impossibleCountsAreRefused(count: String) throws {
    let folder = try TemporaryFolder()
    let entries = [
        ("num-samples", Array(count.utf8)), ("image-000000001", try picture(1)), ("label-000000001", [65]),
    ]
    guard case .invalidCount = refusal(try place(entries, at: folder.path("set"))) else {
        Issue.record("“\(count)” was taken as a count")
        return
    }
}

@Test func foreignDatabasesAreDescribed() throws {
    let folder = try TemporaryFolder()
    let foreign = refusal(try place([("a", [1]), ("b", [2])], at: folder.path("foreign")))
    #expect(foreign?.description.contains("2 keys, the first are a, b") == true)
    let empty = refusal(try place([], at: folder.path("empty")))
    #expect(empty?.description.contains("it is empty") == true)
}

@Test func concatenatedSetsKeepOrderAndNames() throws {
    let folder = try TemporaryFolder()
    let parts = try [3, 0, 2].enumerated().map { index, count in
        try LMDBDataset(try build(count, at: folder.path("set-\(index)")))
    }
    let joined = ConcatenatedDataset(parts)
    #expect(joined.count == 5)
    #expect(try (0..<5).map { try joined.label($0) } == ["text 0", "text 1", "text 2", "text 0", "text 1"])
    #expect(joined.name(3) == SampleName(path: folder.path("set-2"), key: "image-000000001"))
    #expect(joined.location(of: 2) == (0, 2))
    #expect(joined.location(of: 4) == (2, 1))
    #expect(try joined[4].bytes == picture(1))
    #expect(ConcatenatedDataset<LMDBDataset>([]).count == 0)
}

@Test func subsetsAreReadByTheirIndices() throws {
    let folder = try TemporaryFolder()
    let base = ConcatenatedDataset([try LMDBDataset(try build(5, at: folder.path("set")))])
    let subset = Subset(base, indices: [4, 1, 1])
    #expect(try (0..<3).map { try subset[$0].label } == ["text 4", "text 1", "text 1"])
    #expect(subset.name(0).key == "image-000000005")
    #expect(try subset.withSample(0) { bytes, _ in Array(bytes) } == picture(4))
}

@Test func setsAreFoundInFoldersInAFixedOrder() throws {
    let folder = try TemporaryFolder()
    try ["b/2", "b/1", "a", "c.unfinished"].forEach { try build(1, at: folder.path("sets/" + $0)) }
    try FileManager.default.createSymbolicLink(
        atPath: folder.path("sets/a/loop"), withDestinationPath: folder.path("sets"))
    let root = folder.path("sets")
    #expect(try findDatasets(in: [root]) == ["a", "b/1", "b/2"].map { root + "/" + $0 })
    #expect(try findDatasets(in: [root + "/b/2", root]) == ["b/2", "a", "b/1"].map { root + "/" + $0 })
    #expect(try findDatasets(in: [root + "/c.unfinished"]) == [root + "/c.unfinished"])
}

@Test func fruitlessSearchesAreErrors() throws {
    let folder = try TemporaryFolder()
    let root = folder.url.path(percentEncoded: false)
    #expect(throws: DatasetError.nothingFound(in: [root])) { try findDatasets(in: [root]) }
    #expect(throws: DatasetError.nothingFound(in: [])) { try findDatasets(in: []) }
    #expect(throws: DatasetError.missingPath(folder.path("no"))) { try findDatasets(in: [folder.path("no")]) }
}

@Test func aSetIsFoundOnceWhateverItIsCalled() throws {
    let folder = try TemporaryFolder()
    let set = try build(1, at: folder.path("sets/set"))
    let link = try folder.link("link", to: set)
    let names = [
        set, set, set + "/", set + "/data.mdb", folder.path("sets"), folder.path("sets/../sets/./set"), link,
    ]
    #expect(try findDatasets(in: names) == [set])
    #expect(try findDatasets(in: [link, set]) == [link])
}

@Test func setsAreLeftOutWhateverTheyAreCalled() throws {
    let folder = try TemporaryFolder()
    let (a, b) = (try build(1, at: folder.path("sets/a")), try build(1, at: folder.path("sets/b")))
    let sets = folder.path("sets")
    #expect(try findDatasets(in: [sets], except: [sets + "/./b/"]) == [a])
    #expect(try findDatasets(in: [sets], except: [b + "/data.mdb", a]) == [])
}
