import Datasets
import Foundation
import Imaging
import LMDB
import TestSupport
import Testing

/// A data set of numbered images with these labels; every third has a lexicon.
private func set(
    _ labels: [String], from first: Int = 0, in folder: TemporaryFolder, _ name: String
) throws -> String {
    var writer = try DatasetWriter(folder.path(name))
    for (number, label) in labels.enumerated() {
        let bytes = Array(try TinyModel.png(first + number, width: 30 + first + number))
        try writer.append(image: bytes, label: label, lexicon: number % 3 == 0 ? "a \(label)" : nil)
    }
    try writer.finish()
    return folder.path(name)
}

private func labels(_ path: String) throws -> [String] {
    let dataset = try LMDBDataset(path)
    return try (0..<dataset.count).map { try dataset.label($0) }
}

private func checksum(_ path: String) throws -> DatasetChecksum? { try LMDBDataset(path).checksum }

@Test(arguments: ["tsv", "jsonl", "pairs"]) func exportsAreImportedAgain(texts: String) throws {
    let folder = try TemporaryFolder()
    let path = try set(["a", "b c", "d,\"e\""], in: folder, "set")
    let output = folder.path("files")
    let outcome = try run("dataset", "export", path, "--output", output + "/", "--texts", texts)
    #expect(outcome.status == 0 && outcome.output == "\(output)/: 3 samples\n", "\(outcome)")
    #expect(FileManager.default.fileExists(atPath: output + "/images/000000003.png"))
    let more = texts == "pairs" ? ["--pairs"] : []
    #expect(
        try run(["dataset", "create", "--images", output, "--output", folder.path("again")] + more).status
            == 0)
    #expect(try labels(folder.path("again")) == ["a", "b c", "d,\"e\""])
    #expect(try checksum(folder.path("again")) == checksum(path))
    if texts == "jsonl" { #expect(try LMDBDataset(folder.path("again")).lexicon(0) == "a a") }
}

@Test func exportReportsWhatItCannotWrite() throws {
    let folder = try TemporaryFolder()
    let path = try set(["a", "b\tc", ""], in: folder, "set")
    let outcome = try run("dataset", "export", path, "--output", folder.path("files"))
    #expect(outcome.status == 1 && outcome.output.contains("1 samples, 2 could not be written"))
    #expect(outcome.errors.contains("image-000000002 in \(path): the text contains a tab or a line break"))
    #expect(
        try run("dataset", "export", path, "--output", folder.path("json"), "--texts", "jsonl").status == 0)
    let again = try run("dataset", "export", path, "--output", folder.path("files"))
    #expect(again.status == 1 && again.errors.contains("already exists"))
    #expect(try run("dataset", "export", folder.path("no"), "--output", folder.path("x")).status == 1)
}

@Test func mergedDataSetsKeepEverySample() throws {
    let folder = try TemporaryFolder()
    let (a, b) = (
        try set(["a", "b"], in: folder, "sets/a"),
        try set(["c", "d", "e", "f"], from: 9, in: folder, "sets/b")
    )
    let output = folder.path("sets/all")
    let outcome = try run("dataset", "merge", folder.path("sets"), a, "--output", output)
    #expect(outcome.status == 0 && outcome.output.hasPrefix("\(output): 6 samples, sha256-sum:"))
    #expect(try labels(output) == ["a", "b", "c", "d", "e", "f"])
    var sum = DatasetChecksum()
    for path in [a, b] { sum.add(try #require(try checksum(path))) }
    #expect(try checksum(output) == sum)
    #expect(try LMDBDataset(output).lexicon(5) == "a f" && LMDBDataset(output).lexicon(4) == nil)
    #expect(try run("dataset", "verify", output).status == 0)
    #expect(try run("dataset", "merge", a, "--output", output).errors.contains("already exists"))
    #expect(try run("dataset", "merge", a, "--output", output, "--force").status == 0)
    #expect(try labels(output) == ["a", "b"])
    #expect(try run("dataset", "merge", output, "--output", output, "--force").status == 1)
    #expect(try labels(output) == ["a", "b"])
}

@Test func aBrokenSampleEndsACopyWithAnError() throws {
    let folder = try TemporaryFolder()
    let path = try set(["a", "b"], in: folder, "set")
    var batch = WriteBatch()
    batch.remove("label-000000002")
    var spoiler = try Writer(writing: path)
    try spoiler.commit(batch)
    let outcome = try run("dataset", "merge", path, "--output", folder.path("all"))
    #expect(outcome.status == 1)
    #expect(
        outcome.errors.contains(
            "label-000000002 in \(path): missing; nothing was written. `crnn dataset verify"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("all.unfinished")))
}

@Test func splitWritesThreeParts() throws {
    let folder = try TemporaryFolder()
    let texts = (0..<50).map { "\($0 % 10)" } + ["z"]
    let path = try set(texts, in: folder, "set")
    let parts = folder.path("parts")
    let outcome = try run("dataset", "split", path, "--output", parts, "--validation", "0.2", "--test", "0.1")
    #expect(outcome.status == 0)
    let found = try ["training", "validation", "test"].map { try labels("\(parts)/\($0)") }
    #expect(found.map(\.count) == [36, 10, 5])
    #expect(Set(found[0]).count == 11 && found[0].last == "z")
    #expect(found.joined().sorted() == texts.sorted())
    let second = try run(
        "dataset", "split", path, "--output", folder.path("b"), "--validation", "0.2", "--test", "0.1")
    #expect(second.output.replacing("/b/", with: "/parts/") == outcome.output)
    for shares in [["--validation", "0"], ["--validation", "1"], ["--validation", "0.6", "--test", "0.4"]] {
        #expect(try run(["dataset", "split", path, "--output", folder.path("c")] + shares).status == 64)
    }
}

@Test func splitKeepsEverySymbolInTheTrainingSet() throws {
    let folder = try TemporaryFolder()
    let path = try set(["a", "b", "c", "c"], in: folder, "set")
    let outcome = try run("dataset", "split", path, "--output", folder.path("parts"), "--validation", "0.5")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("validation: 1 instead of 2 samples"))
    #expect(try labels(folder.path("parts/validation")) == ["c"])
}

@Test func mergedShardsGiveTheOriginal() throws {
    let folder = try TemporaryFolder()
    let path = try set((0..<10).map { "\($0)" }, in: folder, "set")
    #expect(try run("dataset", "shard", path, "--size", "4", "--output", folder.path("s")).status == 0)
    #expect(try labels(folder.path("s/shard-00001-of-00003")) == ["0", "1", "2"])
    #expect(try labels(folder.path("s/shard-00003-of-00003")) == ["6", "7", "8", "9"])
    #expect(try run("dataset", "merge", folder.path("s"), "--output", folder.path("all")).status == 0)
    #expect(try labels(folder.path("all")) == labels(path))
    #expect(try checksum(folder.path("all")) == checksum(path))
    for (arguments, status) in [
        ([], 64), (["--shards", "0"], 64), (["--shards", "11"], 1), (["--shards", "2", "--size", "2"], 64),
    ] as [([String], Int32)] {
        #expect(
            try run(["dataset", "shard", path, "--output", folder.path("t")] + arguments).status == status)
    }
}

/// The pixels of a caption in the first row of a contact sheet with cells of 50 × 20 pixels.
private func caption(of sheet: Image, at left: Int) -> [UInt8] {
    var pixels: [UInt8] = []
    for row in 24..<42 {
        let start = row * sheet.width + left
        pixels += sheet.pixels[start..<start + 50]
    }
    return pixels
}

@Test func contactSheetsShowSamplesAndListThem() throws {
    let folder = try TemporaryFolder()
    let path = try set((0..<7).map { "text \($0)" }, in: folder, "set")
    let sheet = folder.path("sheet.png")
    let size = ["--columns", "3", "--cell-width", "50", "--cell-height", "20"]
    let outcome = try run(["dataset", "sample", path, "--output", sheet] + size)
    #expect(outcome.status == 0 && outcome.output == "\(sheet): 7 of 7 samples\n")
    let image = try Image(decoding: Data(contentsOf: URL(filePath: sheet)))
    #expect(image.width == 3 * 54 + 4 && image.height == 3 * 42 + 4)
    let captions = [caption(of: image, at: 4), caption(of: image, at: 58)]
    #expect(captions[0].count { $0 < 100 } > 20 && captions[0] != captions[1])
    let first = try Image(decoding: TinyModel.png(0, width: 30))
    #expect(image.pixels[4 * image.width + 4..<4 * image.width + 34].elementsEqual(first.pixels[..<30]))
    let lines = try String(contentsOfFile: folder.path("sheet.tsv"), encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 8 && lines[5] == "2\t2\timage-000000005\ttext 4")
    #expect(
        try run(["dataset", "sample", path, "--output", sheet, "--count", "3"]).output.contains("3 of 7"))
    for arguments in [["--count", "0"], ["--columns", "101"], ["--output", "sheet.jpg"]] {
        #expect(try run(["dataset", "sample", path, "--output", sheet] + arguments).status == 64)
    }
}

@Test(arguments: ["create", "verify", "inspect", "export", "merge", "split", "shard", "sample"])
func everyDatasetCommandTeachesByExample(command: String) throws {
    let help = try run("dataset", command, "--help")
    #expect(help.status == 0 && help.output.contains("crnn dataset \(command) "))
    #expect(try run("dataset", "--help").output.contains("  \(command) "))
    #expect(try run("dataset", command).status == 64)
    #expect(try run("dataset", command, "--nonsense").status == 64)
}
