import Datasets
import Foundation
import TestSupport
import Testing

/// What `--format json` prints.
private struct Summary: Decodable {
    let datasets: [Result]
    let total: Result

    struct Result: Decodable {
        let path: String?
        let samples: Int
        let unreadable: Int
        let exact: Double
        let alphanumeric: Double
        let cer: Double
        let wer: Double
        let ned: Double
        let imagesPerSecond: Double
    }
}

extension Gallery {
    /// Writes a data set of images and labels; nil stands for bytes that are not an image.
    fileprivate func dataset(_ name: String, _ samples: [(image: Data?, label: String)]) throws -> String {
        var writer = try DatasetWriter(path(name))
        for sample in samples {
            try writer.append(image: Array(sample.image ?? Data("broken".utf8)), label: sample.label)
        }
        try writer.finish()
        return path(name)
    }

    /// The answer of the model for an image.
    fileprivate func answer(_ image: Data) throws -> String {
        String(try predict("-", input: image).output.dropLast())
    }

    fileprivate func summary(_ arguments: String...) throws -> Summary {
        let outcome = try run(["evaluate", "--model", model, "--format", "json"] + arguments)
        return try JSONDecoder().decode(Summary.self, from: Data(outcome.output.utf8))
    }
}

@Suite struct EvaluateCommandTests {
    @Test func jsonHoldsTheScoresOfEachSetAndOfAll() throws {
        let gallery = try Gallery()
        let images = try (0..<4).map { try TinyModel.png($0) }
        let answers = try images.map(gallery.answer)
        _ = try gallery.dataset(
            "sets/a", [(images[0], answers[0]), (images[1], answers[1].uppercased())])
        _ = try gallery.dataset("sets/b", [(images[2], answers[2]), (images[3], "")])
        let summary = try gallery.summary("--lmdb", gallery.path("sets"))
        #expect(summary.datasets.map(\.path) == [gallery.path("sets/a"), gallery.path("sets/b")])
        #expect(summary.datasets.map(\.samples) == [2, 2])
        #expect(summary.datasets.map(\.alphanumeric) == [1, 0.5])
        let isUpper = answers[1].uppercased() == answers[1]
        #expect(summary.datasets.map(\.exact) == [isUpper ? 1 : 0.5, 0.5])
        #expect(try gallery.summary("--lmdb", gallery.path("sets/a"), "--ignore-case").total.exact == 1)
        #expect(summary.datasets[1].ned == 0.5)
        #expect(summary.total.path == nil)
        #expect(summary.total.samples == 4 && summary.total.alphanumeric == 0.75)
        #expect(summary.total.imagesPerSecond > 0)
        let characters = Double(answers[2].count)
        #expect(summary.datasets[1].cer == Double(answers[3].count) / characters)
    }

    @Test func theTableHasALineForEachSetAndATotal() throws {
        let gallery = try Gallery()
        let image = try TinyModel.png(1)
        let (a, b) = (
            try gallery.dataset("a", [(image, try gallery.answer(image))]),
            try gallery.dataset("b", [(image, "never")])
        )
        let outcome = try gallery.evaluate("--lmdb", a, b)
        let lines = outcome.output.split(separator: "\n")
        #expect(outcome.status == 0)
        #expect(lines.count == 4)
        #expect(lines[1].hasPrefix(a) && lines[1].contains("100.00%"))
        #expect(lines[2].hasPrefix(b) && lines[2].contains("  0.00%"))
        #expect(lines[3].hasPrefix("total") && lines[3].contains(" 50.00%"))
        #expect(Set(lines.map(\.count)).count == 1)
        #expect(try gallery.evaluate("--lmdb", a, "--lmdb", b).output.split(separator: "\n").count == 4)
    }

    @Test func samplesThatCannotBeDecodedAreNamedAndCountAsErrors() throws {
        let gallery = try Gallery()
        let image = try TinyModel.png(1)
        let answer = try gallery.answer(image)
        let set = try gallery.dataset("set", [(image, answer), (nil, answer), (image, answer)])
        let outcome = try gallery.evaluate("--format", "json", "--lmdb", set)
        let total = try JSONDecoder().decode(Summary.self, from: Data(outcome.output.utf8)).total
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("image-000000002 in \(set): not a PNG, JPEG, TIFF, WebP or BMP"))
        #expect(total.samples == 3 && total.unreadable == 1)
        #expect(total.exact == 2.0 / 3 && total.cer == 1.0 / 3)
    }

    @Test func symbolsThatTheAlphabetLacksAreCounted() throws {
        let gallery = try Gallery()
        let image = try TinyModel.png(1)
        let set = try gallery.dataset("set", [(image, "1é"), (image, "é!"), (image, "12")])
        let outcome = try gallery.evaluate("--lmdb", set)
        #expect(outcome.errors.contains("warning: 2 of 3 labels in \(set) have symbols"))
        #expect(outcome.errors.contains("“é” (2), “!” (1)\n"))
    }

    @Test func predictionsAreWrittenInOrder() throws {
        let gallery = try Gallery()
        let images = try (0..<5).map { try TinyModel.png($0, width: 40 + $0 % 3 * 50) }
        let answers = try images.map(gallery.answer)
        let set = try gallery.dataset(
            "set", images.map { ($0, "a\tb") } + [(nil, "c")])
        let file = gallery.path("answers.tsv")
        #expect(try gallery.evaluate("--lmdb", set, "--predictions", file).status == 0)
        let lines = try String(contentsOf: URL(filePath: file), encoding: .utf8).split(separator: "\n")
        let rows = lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
        #expect(rows.map { $0[0] } == (1...6).map { "image-00000000\($0)" })
        #expect(rows.map { $0[1] } == [String](repeating: "a\\tb", count: 5) + ["c"])
        #expect(rows.map { $0[2] } == answers + [""])
        #expect(rows.map { $0[4] } == [String](repeating: set, count: 6))
        #expect(rows[5][3] == "0.0")
    }

    @Test func predictionsGoThroughLinksAndToStandardOutput() throws {
        let gallery = try Gallery()
        let set = try gallery.dataset("set", [(TinyModel.png(1), "a")])
        let file = try gallery.folder.link("link", to: "answers.tsv")
        let plain = try gallery.evaluate("--lmdb", set, "--predictions", file)
        let answers = try String(contentsOfFile: gallery.path("answers.tsv"), encoding: .utf8)
        #expect(plain.status == 0 && answers.hasPrefix("image-000000001\ta\t"))
        let own = try gallery.folder.link("output", to: "/dev/stdout")
        let mixed = try gallery.evaluate("--lmdb", set, "--predictions", own)
        #expect(mixed.status == 0 && mixed.output.hasPrefix(answers + "data set"))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: own) == "/dev/stdout")
    }

    @Test func predictionsThatCannotBeWrittenAreAnError() throws {
        let gallery = try Gallery()
        let set = try gallery.dataset("set", [(TinyModel.png(1), "a")])
        let outcome = try gallery.evaluate("--lmdb", set, "--predictions", gallery.path("no/folder.tsv"))
        #expect(outcome.status == 1 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("no/folder.tsv: cannot be written (No such file or directory)"))
    }

    @Test func emptySetsAreAnErrorAloneAndAWarningAmongOthers() throws {
        let gallery = try Gallery()
        let empty = try gallery.dataset("empty", [])
        let set = try gallery.dataset("set", [(TinyModel.png(1), "a")])
        let alone = try gallery.evaluate("--lmdb", empty)
        #expect(alone.status == 1 && alone.errors.contains("no samples in \(empty)"))
        let among = try gallery.evaluate("--lmdb", empty, set)
        #expect(among.status == 0 && among.errors.contains("warning: \(empty) has no samples"))
    }

    @Test func wrongPathsAreErrors() throws {
        let gallery = try Gallery(images: 1)
        let missing = try gallery.evaluate("--lmdb", gallery.path("nowhere"))
        #expect(missing.status == 1 && missing.errors.contains("there is no such file or folder"))
        let folder = try gallery.evaluate("--lmdb", gallery.folder.url.path(percentEncoded: false))
        #expect(folder.status == 1 && folder.errors.contains("no data set in"))
        #expect(try gallery.evaluate("--lmdb", gallery.path("0.png")).status == 1)
        #expect(try gallery.evaluate().status == 64)
    }

    @Test func helpDefinesTheMeasures() throws {
        let outcome = try run("evaluate", "--help")
        #expect(outcome.output.contains("crnn evaluate --model run/best.safetensors --lmdb data/test"))
        #expect(outcome.output.contains("alphanumeric  the same in lower case"))
    }
}
