import Datasets
import Foundation
import Imaging
import TestSupport
import Testing

/// Runs `crnn dataset synthesize` with the fonts that every machine with the tests has.
private func synthesize(_ arguments: String..., input: Data = Data()) throws -> CommandOutcome {
    let folder = try TemporaryFolder()
    let path = folder.path("look.json")
    try Data(#"{"preset": "print", "fonts": {"families": ["DejaVu *"]}}"#.utf8).write(to: URL(filePath: path))
    return try run(["dataset", "synthesize", "--configuration", path] + arguments, input: input)
}

@Test func synthesizeMakesTheSameSetWithAnyNumberOfThreads() throws {
    let folder = try TemporaryFolder()
    let sets = try ["1", "3"].map { threads in
        let path = folder.path("set" + threads)
        let outcome = try synthesize("--count", "20", "--seed", "5", "--threads", threads, "--output", path)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output == "\(path): 20 samples\n")
        return try LMDBDataset(path)
    }
    #expect(sets.map(\.count) == [20, 20])
    for index in 0..<20 {
        #expect(try sets[0][index].bytes == sets[1][index].bytes)
        #expect(try sets[0].label(index) == sets[1].label(index))
        _ = try Image(decoding: try sets[0][index].bytes)
    }
}

@Test func synthesizeExtendsAnEarlierDataSet() throws {
    let folder = try TemporaryFolder()
    _ = try synthesize("--count", "6", "--output", folder.path("all"))
    _ = try synthesize("--count", "2", "--first", "4", "--output", folder.path("rest"))
    let (all, rest) = (try LMDBDataset(folder.path("all")), try LMDBDataset(folder.path("rest")))
    #expect(try all[5].bytes == rest[1].bytes)
    #expect(try all.label(4) == rest.label(0))
}

@Test func synthesizeWritesImagesAndTheirListToAFolder() throws {
    let folder = try TemporaryFolder()
    let arguments = ["--count", "3", "--format", "folder", "--output", folder.path("look")]
    #expect(
        try synthesize(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5])
            .status == 0)
    let list = try String(contentsOfFile: folder.path("look/labels.tsv"), encoding: .utf8)
    let paths = list.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
    #expect(paths == ["images/0.png", "images/1.png", "images/2.png"])
    for path in paths {
        _ = try Image(decoding: try Data(contentsOf: URL(filePath: folder.path("look/" + path))))
    }
    let again = try synthesize(
        arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5])
    #expect(again.status == 1)
    #expect(again.errors.contains("already exists"))
}

@Test func servedSamplesAreThoseOfTheSet() throws {
    let folder = try TemporaryFolder()
    let device = folder.path("records")
    try Data().write(to: URL(filePath: device))
    let look = folder.path("look.json")
    try Data(#"{"fonts": {"families": ["DejaVu *"]}}"#.utf8).write(to: URL(filePath: look))
    let outcome = try run(
        ["dataset", "synthesize", "--configuration", look, "--serve"], input: Data("4\n0\n".utf8),
        outputTo: device)
    #expect(outcome.status == 0, "\(outcome.errors)")
    _ = try synthesize("--count", "5", "--output", folder.path("set"))
    let dataset = try LMDBDataset(folder.path("set"))
    var expected: [UInt8] = []
    for index in [4, 0] {
        let (image, label) = (Array(try dataset[index].bytes), Array(try dataset.label(index).utf8))
        for count in [image.count, label.count] {
            expected += (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
        }
        expected += image + label
    }
    #expect(Array(try Data(contentsOf: URL(filePath: device))) == expected)
}

@Test func synthesizeRejectsInvalidOptions() throws {
    for (arguments, message) in [
        (["--output", "x", "--count", "0"], "--count is 0"),
        (["--output", "x", "--first=-1"], "--first is -1"),
        (["--output", "x", "--threads", "0"], "--threads is 0"),
        ([], "Give one of --output"), (["--output", "x", "--serve"], "Give one of --output"),
        (["--preset", "print", "--configuration", "x"], "Give --preset or --configuration"),
    ] {
        let outcome = try run(["dataset", "synthesize"] + arguments)
        #expect(outcome.status == 64, "\(arguments)")
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }
    let served = try synthesize("--serve", input: Data("one\n".utf8))
    #expect(served.status == 64)
    #expect(served.errors.contains("“one” on standard input is not an index"))
}

@Test func synthesizeReportsWhatIsMissing() throws {
    let folder = try TemporaryFolder()
    for (arguments, message) in [
        (["--preset", "foto"], "there is no such preset"),
        (["--texts", "nowhere.txt"], "nowhere.txt cannot be read"),
        (["--fonts", folder.path("none")], "none"),
        (["--configuration", "nowhere.json"], "nowhere.json: cannot be read (No such file or directory)"),
    ] {
        let outcome = try run(["dataset", "synthesize", "--output", folder.path("set")] + arguments)
        #expect(outcome.status == 1, "\(arguments)")
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("set")))
    }
}

@Test func synthesizeShowsHelpConfigurationAndFonts() throws {
    let help = try run("dataset", "synthesize", "--help")
    #expect(help.status == 0)
    for option in [
        "--preset", "--configuration", "--count", "--seed", "--format", "--texts", "--fonts", "--serve",
    ] {
        #expect(help.output.contains(option), "\(option)")
    }
    let printed = try run("dataset", "synthesize", "--preset", "captcha", "--print-configuration")
    #expect(printed.output.contains(#""letterJitter""#))
    let fonts = try synthesize("--fonts-report")
    #expect(fonts.output.contains("DejaVu Sans\t"))
}

@Test func crnnReportsThatTheSynthesizerIsMissing() throws {
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let copy = folder.path("crnn")
    try FileManager.default.copyItem(atPath: CommandRun.binary.path(percentEncoded: false), toPath: copy)
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(filePath: copy)
    process.arguments = ["dataset", "synthesize", "--help"]
    process.standardError = errors
    try process.run()
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
    #expect(text.contains("crnn-synthesize is missing"))
}
