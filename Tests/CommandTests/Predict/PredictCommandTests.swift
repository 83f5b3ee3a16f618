import Foundation
import TestSupport
import Testing

/// An answer as `--format json` prints it.
private struct Answer: Decodable {
    let path: String
    let text: String
    let confidence: Float
    let symbols: [Symbol]

    struct Symbol: Decodable {
        let text: String
        let confidence: Float
        let x: [Float]
    }
}

private func answers(_ outcome: CommandOutcome) throws -> [Answer] {
    try outcome.output.split(separator: "\n").map {
        try JSONDecoder().decode(Answer.self, from: Data($0.utf8))
    }
}

@Suite struct PredictCommandTests {
    @Test func jsonHoldsTextConfidenceAndSymbolsWithTheirPlaces() throws {
        let gallery = try Gallery(images: 2)
        let outcome = try gallery.predict("--format", "json", gallery.path("0.png"), gallery.path("1.png"))
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        let answers = try answers(outcome)
        #expect(answers.map(\.path) == [gallery.path("0.png"), gallery.path("1.png")])
        #expect(answers[0].text != answers[1].text)
        for (answer, width) in zip(answers, [Float(40), 90]) {
            #expect(!answer.text.isEmpty)
            #expect(answer.symbols.map(\.text).joined() == answer.text)
            #expect((0...1).contains(answer.confidence))
            #expect(answer.symbols.allSatisfy { 0 <= $0.x[0] && $0.x[0] <= $0.x[1] && $0.x[1] <= width })
            #expect(answer.symbols.contains { $0.x[0] < $0.x[1] })
            #expect(answer.symbols.allSatisfy { (0...1).contains($0.confidence) })
        }
    }

    @Test func allFormatsGiveTheSameAnswer() throws {
        let gallery = try Gallery(images: 2)
        let paths = (gallery.path("0.png"), gallery.path("1.png"))
        let expected = try answers(gallery.predict("--format", "json", paths.0, paths.1))
        let tsv = try gallery.predict("--format", "tsv", paths.0, paths.1).output
        #expect(tsv == expected.map { "\($0.path)\t\($0.text)\t\($0.confidence)\n" }.joined())
        let several = try gallery.predict(paths.0, paths.1).output
        #expect(several == expected.map { "\($0.path): \($0.text)\n" }.joined())
        #expect(try gallery.predict(paths.0).output == expected[0].text + "\n")
    }

    @Test func anAnswerIsTheSameAloneAndAmongOthers() throws {
        let gallery = try Gallery(images: 40)
        let folder = gallery.folder.url.path(percentEncoded: false)
        let together = try answers(gallery.predict("--format", "json", folder))
        #expect(together.count == 40)
        for name in ["0.png", "7.png", "39.png"] {
            let alone = try answers(gallery.predict("--format", "json", gallery.path(name)))
            let other = together.first { $0.path.hasSuffix("/" + name) }
            #expect(alone[0].text == other?.text)
            #expect(abs(alone[0].confidence - (other?.confidence ?? 2)) < 1e-5)
        }
    }

    @Test func algorithmsChosenByTimingReadTheSame() throws {
        let gallery = try Gallery(images: 3)
        let fixed = try gallery.predict(gallery.path("0.png"), gallery.path("1.png"), gallery.path("2.png"))
        let timed = try gallery.predict(
            "--no-deterministic", gallery.path("0.png"), gallery.path("1.png"), gallery.path("2.png"))
        #expect(timed.output == fixed.output && timed.status == 0 && fixed.status == 0)
    }

    @Test func foldersAreSearchedByContentAndInOrder() throws {
        let gallery = try Gallery()
        let image = try TinyModel.png(1)
        for name in ["tree/b.txt", "tree/a/deep/z.png", "tree/c.jpeg", "first.png"] {
            try gallery.write(image, to: name)
        }
        try gallery.write(Data("no image".utf8), to: "tree/looks-like-one.png")
        try FileManager.default.createSymbolicLink(
            atPath: gallery.path("tree/a/back"), withDestinationPath: gallery.path("tree"))
        let outcome = try gallery.predict("--format", "tsv", gallery.path("tree"), gallery.path("first.png"))
        let paths = outcome.output.split(separator: "\n").map { String($0.split(separator: "\t")[0]) }
        #expect(paths == ["tree/a/deep/z.png", "tree/b.txt", "tree/c.jpeg", "first.png"].map(gallery.path))
        #expect(outcome.status == 1)
        #expect(
            outcome.errors.contains(
                "looks-like-one.png: not a PNG, JPEG, TIFF, WebP or BMP (starts with 6E 6F"))
        #expect(outcome.errors.hasSuffix("images that could not be read: 1 of 5\n"))
    }

    @Test func unreadableFilesAreNamedAndTheOthersAreRead() throws {
        let gallery = try Gallery(images: 2)
        let truncated = try gallery.write(TinyModel.png(3).prefix(90), to: "truncated.png")
        let text = try gallery.write(Data("text".utf8), to: "text.png")
        let wide = try gallery.write(TinyModel.png(3, width: 20_000, height: 2), to: "wide.png")
        let missing = gallery.path("missing.png")
        let outcome = try gallery.predict(
            gallery.path("0.png"), truncated, text, wide, missing, gallery.path("1.png"))
        #expect(outcome.status == 1)
        #expect(outcome.output.split(separator: "\n").count == 2)
        #expect(outcome.errors.contains("\(truncated): PNG ends after 90 bytes"))
        #expect(outcome.errors.contains("\(text): not a PNG, JPEG, TIFF, WebP or BMP"))
        #expect(outcome.errors.contains("\(wide): an image of 20000×2 pixels"))
        #expect(outcome.errors.contains("\(missing): cannot be read (No such file or directory)"))
        #expect(outcome.errors.hasSuffix("images that could not be read: 4 of 6\n"))
        #expect(outcome.errors.split(separator: "\n").count == 5)
    }

    @Test func standardInputIsOneImage() throws {
        let gallery = try Gallery(images: 1)
        let expected = try gallery.predict(gallery.path("0.png")).output
        let outcome = try gallery.predict("-", input: TinyModel.png(0, width: 40))
        #expect(outcome.output == expected && outcome.status == 0)
        let empty = try gallery.predict("-")
        #expect(empty.status == 1 && empty.errors.hasPrefix("-: no bytes: the image is empty"))
    }

    @Test func foldersWithoutImagesAreAnError() throws {
        let gallery = try Gallery()
        try FileManager.default.createDirectory(
            atPath: gallery.path("empty"), withIntermediateDirectories: true)
        let outcome = try gallery.predict(gallery.path("empty"))
        #expect(outcome.status == 1 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("no images in \(gallery.path("empty"))"))
    }

    @Test func tabsAndLineFeedsInFieldsAreEscaped() throws {
        let gallery = try Gallery()
        let path = try gallery.write(TinyModel.png(1), to: "a\tb\\c\n.png")
        let outcome = try gallery.predict("--format", "tsv", path)
        let fields = outcome.output.dropLast().split(separator: "\t", omittingEmptySubsequences: false)
        #expect(fields.count == 3 && fields[0].hasSuffix("/a\\tb\\\\c\\n.png"))
    }

    @Test func aClosedPipeEndsQuietly() throws {
        let gallery = try Gallery(images: 30)
        let shell = Process()
        let errors = Pipe()
        shell.executableURL = URL(filePath: "/bin/sh")
        let command = "'\(CommandRun.binary.path(percentEncoded: false))' predict --model '\(gallery.model)'"
        let folder = gallery.folder.url.path(percentEncoded: false)
        shell.arguments = ["-c", "\(command) '\(folder)' | true"]
        shell.standardOutput = FileHandle.nullDevice
        shell.standardError = errors
        try shell.run()
        let text = try errors.fileHandleForReading.readToEnd() ?? Data()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 0)
        #expect(String(decoding: text, as: UTF8.self).isEmpty)
    }

    @Test func aFullDiskIsAnError() throws {
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        let gallery = try Gallery(images: 1)
        let outcome = try run(
            ["predict", "--model", gallery.model, gallery.path("0.png")], outputTo: "/dev/full")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("standard output: cannot be written (No space left on device)"))
    }

    @Test func printedTextIsReadWithoutNamingAModel() throws {
        let folder = SharedData.package.appending(path: "datasets/printed")
        let labels = try String(contentsOf: folder.appending(path: "labels.tsv"), encoding: .utf8)
            .split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        let paths = labels.map { folder.appending(path: $0[0]).path(percentEncoded: false) }
        let outcome = try run(["predict", "--format", "json"] + paths)
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        let texts = try answers(outcome).map(\.text)
        let wrong = zip(texts, labels).filter { $0 != $1[1] }
        #expect(texts.count == 20 && wrong.count <= 10, "\(wrong)")
    }

    @Test func unusableModelsAreNamed() throws {
        let gallery = try Gallery(images: 1)
        let missing = try run("predict", "--model", "nowhere.safetensors", gallery.path("0.png"))
        #expect(missing.status == 1 && missing.errors.contains("nowhere.safetensors: "))
        let whole = try Data(contentsOf: URL(filePath: gallery.model))
        for count in [0, 7, 100, whole.count / 2, whole.count - 1] {
            let path = try gallery.write(whole.prefix(count), to: "truncated.safetensors")
            let outcome = try run("predict", "--model", path, gallery.path("0.png"))
            #expect(outcome.status == 1 && outcome.errors.contains("\(path): "), "\(count) bytes")
        }
    }

    @Test(arguments: ["0", "-1", "5000", "many"])
    func impossibleThreadCountsAreRefused(count: String) throws {
        let outcome = try run("predict", "--model", "m", "--threads=\(count)", "x.png")
        #expect(outcome.status == 64 && outcome.errors.contains("--threads"))
    }

    @Test func helpShowsExamplesAndFormats() throws {
        let outcome = try run("predict", "--help")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("crnn predict --model run/best.safetensors word.png"))
        #expect(outcome.output.contains("tsv   path, text, confidence"))
    }
}
