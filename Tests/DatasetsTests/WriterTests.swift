import Datasets
import Files
import Foundation
import TestSupport
import Testing

private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

@Test func aSetHasItsNameOnlyWhenItIsFinished() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("deep/er/set")
    var writer = try DatasetWriter(path + "/")
    try writer.append(image: try picture(0), label: "a")
    #expect(!exists(path) && exists(path + ".unfinished"))
    try writer.finish()
    #expect(exists(path) && !exists(path + ".unfinished"))
    #expect(try LMDBDataset(path).count == 1)
}

@Test func whatIsCommittedIsReadableWhileTheSetGrows() throws {
    let folder = try TemporaryFolder()
    var writer = try DatasetWriter(folder.path("set"))
    #expect(try LMDBDataset(folder.path("set.unfinished")).count == 0)
    for number in 0..<3 { try writer.append(image: try picture(number), label: "\(number)") }
    #expect(try LMDBDataset(folder.path("set.unfinished")).count == 0)
    try writer.commit()
    #expect(try LMDBDataset(folder.path("set.unfinished")).count == 3)
    try writer.finish()
}

@Test func largeSetsAreCommittedInBatches() throws {
    let folder = try TemporaryFolder()
    var writer = try DatasetWriter(folder.path("set"))
    for number in 0..<90 {
        try writer.append(image: [UInt8](repeating: UInt8(number), count: 100_000), label: "")
    }
    let committed = try LMDBDataset(folder.path("set.unfinished"))
    #expect(committed.count > 0 && committed.count < 90)
    #expect(committed.keyCount == 2 * committed.count + 3)
    try writer.finish()
    #expect(try LMDBDataset(folder.path("set")).count == 90)
}

@Test func existingSetsAreReplacedOnlyWhenTold() throws {
    let folder = try TemporaryFolder()
    let path = try build(3, at: folder.path("set"))
    #expect(throws: DatasetError.staging(.exists(path))) { try build(1, at: path) }
    #expect(try LMDBDataset(path).count == 3)
    try build(1, at: path, replacing: true)
    #expect(try LMDBDataset(path).count == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["set"])
}

@Test func foldersOfOtherThingsAreNeverReplaced() throws {
    let folder = try TemporaryFolder()
    try build(1, at: folder.path("set"))
    try Data("precious".utf8).write(to: URL(filePath: folder.path("set/notes.txt")))
    #expect(throws: DatasetError.staging(.notReplaceable(path: folder.path("set"), content: "notes.txt"))) {
        try build(1, at: folder.path("set"), replacing: true)
    }
    #expect(exists(folder.path("set/notes.txt")))
    try Data("precious".utf8).write(to: URL(filePath: folder.path("file")))
    #expect(throws: DatasetError.self) { try build(1, at: folder.path("file"), replacing: true) }
    #expect(try Data(contentsOf: URL(filePath: folder.path("file"))) == Data("precious".utf8))
}

@Test func interruptedRunsAreReplacedOnlyWhenTold() throws {
    let folder = try TemporaryFolder()
    func abandon() throws {
        var writer = try DatasetWriter(folder.path("set"))
        try writer.append(image: try picture(0), label: "a")
        try writer.commit()
    }
    try abandon()
    #expect(throws: DatasetError.staging(.unfinished(folder.path("set.unfinished")))) {
        try build(2, at: folder.path("set"))
    }
    #expect(try LMDBDataset(folder.path("set.unfinished")).count == 1)
    try build(2, at: folder.path("set"), replacing: true)
    #expect(try LMDBDataset(folder.path("set")).count == 2)
}

@Test func twoWritersNeverShareAFolder() throws {
    let folder = try TemporaryFolder()
    var writer = try DatasetWriter(folder.path("set"))
    try writer.append(image: try picture(0), label: "a")
    let error = #expect(throws: DatasetError.self) {
        try build(1, at: folder.path("set"), replacing: true)
    }
    let words = "\(folder.path("set")) is being written by process \(getpid()) on "
    #expect(error?.description.hasPrefix(words) == true, "\(error as Any)")
    try writer.finish()
    #expect(try LMDBDataset(folder.path("set")).count == 1)
}

@Test func discardedSetsLeaveNothing() throws {
    let folder = try TemporaryFolder()
    var writer = try DatasetWriter(folder.path("set"))
    try writer.append(image: try picture(0), label: "a")
    writer.discard()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
}

/// Copies the samples of `dataset` to `output`; stops before the sample `last`, as if the process were killed.
private func copy(
    _ dataset: LMDBDataset, to output: String, as source: String = "s", before last: Int? = nil
) throws {
    var writer = try DatasetWriter.copying(to: output, replacing: false)
    var position = try CopyPosition(in: writer, of: source)
    for index in position.taken..<dataset.count {
        if index == last { return try writer.commit(note: position.note) }
        try writer.append(index, of: dataset)
        position.taken += 1
    }
    try writer.finish(at: position)
}

@Test func whatACopyLeftIsUnfinishedAndIsResumed() async throws {
    let folder = try TemporaryFolder()
    let dataset = try LMDBDataset(try build(10, at: folder.path("set")))
    try copy(dataset, to: folder.path("copy"), before: 7)
    let rest = try LMDBDataset(folder.path("copy.unfinished"))
    #expect(rest.isUnfinished && rest.count == 7 && !dataset.isUnfinished)
    #expect(DatasetSummary(of: rest).problems.first?.contains("it has only the first 7 samples") == true)
    var kinds: [DatasetProblem.Kind] = []
    _ = try await DatasetVerifier(rest.path).run { kinds.append($0.kind) }
    #expect(kinds == [.unfinished])
    try copy(dataset, to: folder.path("copy"), before: 9)
    try copy(dataset, to: folder.path("copy"))
    let whole = try LMDBDataset(folder.path("copy"))
    #expect(!whole.isUnfinished && whole.count == 10 && whole.checksum == dataset.checksum)
    #expect(whole.keyCount == dataset.keyCount)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == ["copy", "set"])
}

@Test func aCopyOfAnotherSourceIsNotResumed() throws {
    let folder = try TemporaryFolder()
    let dataset = try LMDBDataset(try build(10, at: folder.path("set")))
    try copy(dataset, to: folder.path("copy"), before: 7)
    #expect(throws: DatasetError.staging(.otherSource(folder.path("copy.unfinished")))) {
        try copy(dataset, to: folder.path("copy"), as: "t")
    }
    #expect(try LMDBDataset(folder.path("copy.unfinished")).count == 7)
}

@Test func aWriterWithoutNotesLeavesAnUnfinishedSet() throws {
    let folder = try TemporaryFolder()
    let writer = try DatasetWriter(folder.path("set"))
    #expect(try LMDBDataset(folder.path("set.unfinished")).isUnfinished)
    try writer.finish()
    let dataset = try LMDBDataset(folder.path("set"))
    #expect(!dataset.isUnfinished && dataset.keyCount == 2)
}

@Test func fingerprintsDifferAfterEveryChange() throws {
    let folder = try TemporaryFolder()
    let path = try build(3, at: folder.path("set"))
    let before = try LMDBDataset(path).fingerprint()
    #expect(try LMDBDataset(path).fingerprint() == before)
    _ = try place([("label-000000001", [97])], at: path)
    #expect(try LMDBDataset(path).fingerprint() != before)
    #expect(try LMDBDataset(try build(3, at: folder.path("other"))).fingerprint() != before)
}
