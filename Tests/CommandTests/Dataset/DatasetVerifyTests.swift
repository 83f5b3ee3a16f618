import Datasets
import Foundation
import Imaging
import Recognition
import TestSupport
import Testing

/// The JSON that `dataset verify` prints.
private struct Report: Decodable {
    let path: String
    let samples: Int
    let checksum: String?
    let problems: [DatasetProblem]
}

/// A data set with the given labels, one image of 60×20 pixels each.
private func set(_ labels: [String], in folder: TemporaryFolder, _ name: String = "set") throws -> String {
    var writer = try DatasetWriter(folder.path(name))
    for (number, label) in labels.enumerated() {
        try writer.append(image: Array(try TinyModel.png(number)), label: label)
    }
    try writer.finish()
    return folder.path(name)
}

private func report(_ arguments: String...) throws -> (status: Int32, report: Report) {
    let outcome = try run(["dataset", "verify"] + arguments + ["--format", "json"])
    return (outcome.status, try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8)))
}

@Test func verifyFindsNoProblemInAFlawlessDataSet() throws {
    let folder = try TemporaryFolder()
    let path = try set(["a", "b", "c"], in: folder)
    let text = try run("dataset", "verify", path)
    #expect(text.status == 0)
    #expect(text.output.contains("  samples       3\n") && text.output.contains("  problems      none\n"))
    #expect(text.output.contains(", as stored in the data set\n"))
    #expect(text.errors.contains("verifying \(path): 3 in"))
    let json = try report(path)
    #expect(json.status == 0 && json.report.samples == 3 && json.report.problems.isEmpty)
    #expect(json.report.path == path)
    #expect(json.report.checksum == (try LMDBDataset(path).checksum?.description))
}

@Test func verifyReportsProblems() throws {
    let folder = try TemporaryFolder()
    let path = try set(["a", " b", "c", "", "ok"], in: folder)
    let json = try report(path)
    #expect(json.status == 1 && json.report.samples == 5)
    #expect(json.report.problems.map(\.key) == ["label-000000002", "label-000000004"])
    #expect(json.report.problems.map(\.kind) == [.leadingSpace, .emptyLabel])
    let text = try run("dataset", "verify", path, "--list", "0")
    #expect(text.status == 1 && text.output.contains("  problems      2\n"))
    #expect(text.output.contains("  leadingSpace: 1\n") && !text.output.contains("label-000000002"))
    let ignoring = try run("dataset", "verify", path, "--ignore", "leadingSpace", "emptyLabel")
    #expect(ignoring.status == 0)
}

@Test func verifyChecksLabelsAgainstAlphabetsAndModels() throws {
    let folder = try TemporaryFolder()
    let model = try TinyModel.write(to: folder.path("model.safetensors"))
    let long = String(repeating: "0", count: 9)
    let path = try set(["012", "xyz", long, "abc"], in: folder)
    let byAlphabet = try report(path, "--alphabet", "0123456789abc")
    #expect(byAlphabet.report.problems.map(\.key) == ["label-000000002"])
    #expect(byAlphabet.report.problems.first?.kind == .outsideAlphabet)
    let byModel = try report(path, "--model", model)
    #expect(byModel.status == 1)
    #expect(byModel.report.problems.map(\.kind) == [.outsideAlphabet, .doesNotFit])
    let detail = byModel.report.problems.last?.detail
    #expect(detail?.contains("label “\(long)” needs 17 frames, and an image 64 pixels wide gives") == true)
}

@Test func verifyWritesARepairedCopy() throws {
    let folder = try TemporaryFolder()
    let path = try set(["a", " b  c ", "", "e\u{301}", "f", "xyz"], in: folder)
    let clean = folder.path("clean")
    let outcome = try run("dataset", "verify", path, "--alphabet", "abcéf ", "--fix", clean)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("\(clean): 4 samples, 2 of them with a repaired label; 2 left out"))
    #expect(try run("dataset", "verify", clean).status == 0)
    let copy = try LMDBDataset(clean)
    #expect(try (0..<copy.count).map { try copy.label($0) } == ["a", "b c", "é", "f"])
    #expect(try copy.label(2).unicodeScalars.count == 1)
    let again = try run("dataset", "verify", path, "--fix", clean)
    #expect(again.status == 1 && again.errors.contains("already exists"))
    #expect(try run("dataset", "verify", clean, "--fix", clean, "--force").status == 1)
    #expect(try run("dataset", "verify", path, "--alphabet", "abcéf ", "--fix", clean, "--force").status == 1)
    #expect(try LMDBDataset(clean).count == 4)
}

@Test func verifyExplainsUnusableArguments() throws {
    let folder = try TemporaryFolder()
    let path = try set(["a"], in: folder)
    for (arguments, status, reason) in [
        (["--alphabet", "a", "--model", "m"], 64, "not both"),
        (["--alphabet", ""], 64, "--alphabet is empty"),
        (["--list", "-1"], 64, "--list"), (["--force"], 64, "--fix"),
        (["--ignore", "nothing"], 64, "nothing"),
        (["--model", folder.path("no")], 1, "no"),
    ] as [([String], Int32, String)] {
        let outcome = try run(["dataset", "verify", path] + arguments)
        #expect(
            outcome.status == status && outcome.errors.contains(reason), "\(arguments): \(outcome.errors)")
    }
    #expect(try run("dataset", "verify", folder.path("no")).status == 1)
    #expect(try run("dataset", "verify", "--help").output.contains("crnn dataset verify data/train"))
    #expect(try run(["dataset", "verify", path], outputTo: "/dev/full").status == 1)
}

@Test func damagedFilesEndWithAnErrorMessage() throws {
    let folder = try TemporaryFolder()
    let path = try set((0..<200).map { "\($0)" }, in: folder)
    let file = URL(filePath: path + "/data.mdb")
    let whole = try Data(contentsOf: file)
    for (place, byte) in [(8192 + 12, UInt8(0xFF)), (whole.count / 2, 0x7F), (3 * 4096 + 16, 0xAA)] {
        var bytes = whole
        for offset in 0..<64 { bytes[place + offset] = byte }
        try bytes.write(to: file)
        let outcome = try run("dataset", "verify", path)
        #expect(outcome.status == 1 && outcome.status < 128, "byte \(place)")
    }
}
