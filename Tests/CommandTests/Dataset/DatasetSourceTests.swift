import Datasets
import Foundation
import Imaging
import TestSupport
import Testing

/// Runs `dataset create` on a folder of material; the data set is built in this folder.
private func create(_ folder: TemporaryFolder, _ more: String...) throws -> CommandOutcome {
    let path = folder.url.path(percentEncoded: false)
    return try run(["dataset", "create", "--images", path, "--output", folder.path("set")] + more)
}

private func write(_ text: String, to name: String, in folder: TemporaryFolder) throws {
    try Data(text.utf8).write(to: URL(filePath: folder.path(name)))
}

/// A folder with numbered images and one more file.
private func material(_ count: Int, _ name: String, _ text: String) throws -> TemporaryFolder {
    let folder = try material(count, labels: "")
    try FileManager.default.removeItem(atPath: folder.path("labels.tsv"))
    try write(text, to: name, in: folder)
    return folder
}

private func labels(_ folder: TemporaryFolder) throws -> [String] {
    let dataset = try LMDBDataset(folder.path("set"))
    return try (0..<dataset.count).map { try dataset.label($0) }
}

private func problems(_ folder: TemporaryFolder) throws -> [[Substring]] {
    try String(contentsOfFile: folder.path("set.problems.tsv"), encoding: .utf8)
        .split(separator: "\n").map { $0.split(separator: "\t") }
}

@Test func listsAreFoundAndReadByTheirExtension() throws {
    let csv = try material(2, "labels.csv", "0.png,\"one, two\"\n1.png,three\n")
    #expect(try create(csv).status == 0)
    #expect(try labels(csv) == ["one, two", "three"])
    let json = try material(
        2, "metadata.jsonl", "{\"file_name\":\"1.png\",\"text\":\"a, b\",\"lexicon\":[\"a\",\"b\"]}\n")
    #expect(try create(json).status == 0)
    #expect(try labels(json) == ["a, b"])
    let set = try LMDBDataset(json.path("set"))
    #expect(try set.lexicon(0) == "a b")
    #expect(set.keyCount == 5)
    #expect(!FileManager.default.fileExists(atPath: json.path("set.problems.tsv")))
}

@Test func optionsDescribeTheListsOfPublicDataSets() throws {
    let icdar = try material(2, "gt.txt", "\u{FEFF}0.png, \"Genaxis Theatre\"\r\n1.png, \"\\\"x\\\"\"\r\n")
    #expect(try create(icdar, "--labels", icdar.path("gt.txt"), "--label-format", "icdar").status == 0)
    #expect(try labels(icdar) == ["Genaxis Theatre", "\"x\""])
    let swapped = try material(1, "list", "word;0.png;w1 w2\n")
    let flags = ["--separator", ";", "--path-column", "2", "--text-column", "1", "--lexicon-column", "3"]
    let arguments = ["dataset", "create", "--images", swapped.url.path, "--labels", swapped.path("list")]
    #expect(try run(arguments + flags + ["--output", swapped.path("set")]).status == 0)
    #expect(try labels(swapped) == ["word"])
    #expect(try LMDBDataset(swapped.path("set")).lexicon(0) == "w1 w2")
    let headed = try material(1, "list.csv", "text,file\nword,0.png\n")
    #expect(
        try create(
            headed, "--labels", headed.path("list.csv"), "--header", "--path-column", "file", "--text-column",
            "text"
        ).status == 0)
    #expect(try labels(headed) == ["word"])
}

@Test func textFilesNextToImagesAreRead() throws {
    let folder = try material(4, "0.gt.txt", "zero\n")
    try write("\u{FEFF}one \n", to: "1.gt.txt", in: folder)
    try write("two\nlines\n", to: "2.gt.txt", in: folder)
    try write("alone", to: "lonely.gt.txt", in: folder)
    try FileManager.default.createDirectory(atPath: folder.path("deep"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: folder.path("3.png"), toPath: folder.path("deep/7.bin.png"))
    try write("seven", to: "deep/7.gt.txt", in: folder)
    let outcome = try create(folder, "--pairs")
    #expect(outcome.status == 1)
    #expect(try labels(folder) == ["zero", "one ", "seven"])
    let found = try problems(folder)
    #expect(found.map(\.[0]) == ["2.png", "3.png", "lonely.gt.txt"].map { folder.path($0)[...] })
    #expect(found.allSatisfy { $0[1] == "refused" })
    #expect(found[0][2].hasSuffix("2.gt.txt has 2 lines; the text of an image has one"))
    #expect(found[1][2].contains("there is no") && found[2][2] == "there is no image for this text")
}

@Test func fileNamesAreTexts() throws {
    let folder = try material(2, "notes.md", "no image")
    #expect(try create(folder, "--names").status == 0)
    #expect(try labels(folder) == ["0", "1"])
    let patterned = try material(1, "notes.md", "")
    try FileManager.default.moveItem(atPath: patterned.path("0.png"), toPath: patterned.path("1_Lube_4.png"))
    #expect(try create(patterned, "--names", "--name-pattern", "*_LABEL_*").status == 0)
    #expect(try labels(patterned) == ["Lube"])
}

@Test func brokenAndRepeatedImagesAreListed() throws {
    let folder = try TemporaryFolder()
    let image = try Image(width: 9, height: 9, pixels: (0..<81).map { UInt8($0 * 3) }).encodedPNG()
    for name in ["a", "b", "c"] { try Data(image).write(to: URL(filePath: folder.path(name + ".png"))) }
    try Data(image.prefix(60)).write(to: URL(filePath: folder.path("broken.png")))
    try write("a.png\tx\nbroken.png\ty\nb.png\tx\nc.png\tz\n", to: "labels.tsv", in: folder)
    let outcome = try create(folder)
    #expect(outcome.status == 1)
    #expect(outcome.output.hasSuffix("set: 3 samples, 1 could not be added, 2 with a repeated image\n"))
    let found = try problems(folder)
    #expect(found.map(\.[1]) == ["refused", "duplicate", "conflictingLabels"])
    #expect(found[0][0] == folder.path("labels.tsv")[...] + ":2" && found[0][2].contains("broken.png: PNG"))
    #expect(found[1][0] == "image-000000002" && found[2][2].contains("“x” there and “z” here"))
    #expect(try labels(folder) == ["x", "x", "z"])
}

@Test func imagesAreTranscodedOnRequest() throws {
    let folder = try material(1, width: 20, labels: "0.png\ta\n")
    let file = try Data(contentsOf: URL(filePath: folder.path("0.png")))
    #expect(try create(folder, "--transcode", "png").status == 0)
    let stored = try LMDBDataset(folder.path("set"))[0].bytes
    #expect(try Image(decoding: stored) == Image(decoding: file))
    #expect(try create(folder, "--maximum-height", "8", "--force").status == 0)
    let small = try Image(decoding: try LMDBDataset(folder.path("set"))[0].bytes)
    #expect(small == (try Image(decoding: file)).resized(width: 10, height: 8))
    #expect(try create(folder, "--maximum-height", "16", "--force").status == 0)
    #expect(try LMDBDataset(folder.path("set"))[0].bytes == Array(file))
}

@Test func createExplainsContradictoryOptions() throws {
    let folder = try material(1, "notes.md", "")
    for (arguments, status, reason) in [
        ([], 1, "there is no labels.tsv, "), (["--pairs", "--names"], 64, "not both"),
        (["--pairs", "--labels", "x"], 64, "only one of"),
        (["--names", "--name-pattern", "x"], 64, "must contain LABEL"),
        (["--pairs", "--name-pattern", "LABEL"], 64, "cannot be used with --pairs"),
        (["--labels", "nowhere"], 1, "cannot be read"),
        (["--labels", folder.path("notes.md"), "--text-column", "text"], 1, "is empty"),
        (["--names", "--maximum-height", "0"], 64, "at least 1"),
        (["--names", "--transcode", "gif"], 64, "invalid"),
        (["--labels", "x", "--path-column", "0"], 64, "numbered from 1"),
        (["--labels", "x", "--separator", ""], 64, "empty"),
    ] as [([String], Int32, String)] {
        let outcome = try run(
            ["dataset", "create", "--images", folder.url.path, "--output", folder.path("set")] + arguments)
        #expect(
            outcome.status == status && outcome.errors.contains(reason), "\(arguments): \(outcome.errors)")
    }
    let missing = try run(
        "dataset", "create", "--images", "nowhere", "--pairs", "--output", folder.path("set"))
    #expect(missing.status == 1 && missing.errors.contains("there is no such folder"))
    let none = try run(
        "dataset", "create", "--images", folder.url.path, "--pairs", "--output", folder.path("set"))
    #expect(none.status == 1 && none.errors.contains("none of the samples"))
}
