import CommandSupport
import Datasets
import Foundation
import Imaging
import TestSupport
import Testing

/// A folder with `count` images `0.png`, `1.png`, … of `width`×16 pixels, and the given list of labels.
func material(_ count: Int, width: Int = 20, labels: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for number in 0..<count {
        var state = UInt32(number)
        let pixels = (0..<width * 16).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
        let bytes = try Image(width: width, height: 16, pixels: pixels).encodedPNG()
        try Data(bytes).write(to: URL(filePath: folder.path("\(number).png")))
    }
    try Data(labels.utf8).write(to: URL(filePath: folder.path("labels.tsv")))
    return folder
}

/// Runs `dataset create` on a folder of material; the data set is built in this folder.
private func create(_ folder: TemporaryFolder, force: Bool = false) throws -> CommandOutcome {
    let path = folder.url.path(percentEncoded: false)
    let arguments = ["dataset", "create", "--images", path, "--labels", folder.path("labels.tsv")]
    return try run(arguments + ["--output", folder.path("set")] + (force ? ["--force"] : []))
}

@Test func createWritesAllSamplesInOrder() throws {
    let folder = try material(3, labels: "2.png\ttwo\r\n0.png\tzero\n1.png\teins, zwei\n")
    let outcome = try create(folder)
    #expect(outcome.status == 0)
    #expect(outcome.output == "\(folder.path("set")): 3 samples\n")
    let dataset = try LMDBDataset(folder.path("set"))
    #expect(try (0..<3).map { try dataset.label($0) } == ["two", "zero", "eins, zwei"])
    #expect(try Data(dataset[0].bytes) == Data(contentsOf: URL(filePath: folder.path("2.png"))))
}

@Test func createReportsEveryBadLineAndWritesTheOthers() throws {
    let folder = try material(
        2, labels: "\u{FEFF}0.png\tzero\n\nno tab\nmissing.png\tx\n1.png\t\nlabels.tsv\tx\n1.png\tone\n")
    let outcome = try create(folder)
    #expect(outcome.status == 1)
    #expect(outcome.output == "\(folder.path("set")): 2 samples, 4 could not be added\n")
    let list = folder.path("labels.tsv")
    #expect(outcome.errors.contains("\(list):3: no tab between path and text: no tab\n"))
    #expect(outcome.errors.contains("\(list):4: missing.png: there is no such file"))
    #expect(outcome.errors.contains("\(list):5: no text after the tab\n"))
    #expect(
        outcome.errors.contains(
            "\(list):6: labels.tsv: not a PNG, JPEG, TIFF, WebP or BMP (starts with EF BB BF 30)"))
    #expect(try LMDBDataset(folder.path("set")).count == 2)
}

@Test func createWithoutAnyGoodSampleLeavesNothing() throws {
    let folder = try material(0, labels: "a.png\ttext\n")
    let outcome = try create(folder)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("none of the samples"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("set.unfinished")))
}

@Test func createRefusesToOverwriteUnlessForced() throws {
    let folder = try material(1, labels: "0.png\ta\n")
    #expect(try create(folder).status == 0)
    let second = try create(folder)
    #expect(second.status == 1)
    #expect(second.errors.contains("already exists"))
    #expect(try create(folder, force: true).status == 0)
}

@Test func createExplainsUnusableArguments() throws {
    let folder = try material(0, labels: "\n")
    #expect(try create(folder).errors.contains("has no samples"))
    let missing = try run("dataset", "create", "--images", ".", "--labels", "nowhere.tsv", "--output", "x")
    #expect(
        missing.status == 1
            && missing.errors.contains("nowhere.tsv: cannot be read (No such file or directory)"))
    let absent = try run("dataset", "create", "--images", folder.path("nowhere"), "--output", "x")
    #expect(absent.status == 1 && absent.errors.contains("nowhere: there is no such folder"))
    let empty = try run(
        "dataset", "verify", folder.url.path(percentEncoded: false))
    #expect(empty.status == 1 && empty.errors.contains("nor a folder that contains data.mdb"))
}

@Test func inspectPrintsTextAndJSON() throws {
    let folder = try material(2, labels: "0.png\tab\n1.png\tbcd\n")
    #expect(try create(folder).status == 0)
    let text = try run("dataset", "inspect", folder.path("set"))
    #expect(text.status == 0 && text.errors.isEmpty)
    #expect(text.output.contains("  samples       2\n"))
    #expect(text.output.contains("  label lengths 2 to 3 characters, median 3\n"))
    #expect(text.output.contains("  alphabet      4 characters: abcd\n"))
    let json = try run("dataset", "inspect", folder.url.path(percentEncoded: false), "--format", "json")
    let summaries = try JSONDecoder().decode([DatasetSummary].self, from: Data(json.output.utf8))
    #expect(summaries.map(\.samples) == [2])
}

@Test func inspectReportsWhatItCannotRead() throws {
    let folder = try TemporaryFolder()
    try Data("no LMDB at all".utf8).write(to: URL(filePath: folder.path("data.mdb")))
    let garbage = try run("dataset", "inspect", folder.url.path(percentEncoded: false))
    #expect(garbage.status == 1 && garbage.errors.contains("not an LMDB file"))
    let missing = try run("dataset", "inspect", folder.path("nowhere"))
    #expect(missing.status == 1 && missing.errors.contains("there is no such file or folder"))
}

@Test func helpTeachesByExample() throws {
    #expect(try run("dataset", "create", "--help").output.contains("crnn dataset create --images photos"))
    #expect(try run("dataset", "inspect", "--help").output.contains("crnn dataset inspect data/train"))
    #expect(try run("dataset", "--help").output.contains("create"))
}

@Test func progressShowsRateAndTimeLeft() {
    let state = ProgressState(label: "reading", completed: 50, total: 200, seconds: 10)
    #expect(state.line(detail: "loss 1", hasBar: false) == "reading 25% 50/200, 5/s, 0:30 left, loss 1")
    #expect(
        state.line(detail: "", hasBar: true) == "reading [#####               ] 25% 50/200, 5/s, 0:30 left")
    #expect(state.summary == "reading: 50 in 0:10, 5/s")
    #expect(
        ProgressState(label: "a", completed: 0, total: 0, seconds: 0).line(detail: "", hasBar: false)
            == "a 100% 0/0, 0/s")
    #expect(ProgressState.clockTime(3723) == "1:02:03")
}
