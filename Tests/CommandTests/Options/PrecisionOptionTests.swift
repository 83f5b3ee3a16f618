import Foundation
import Recognition
import Tensors
import TestSupport
import Testing

/// `--precision`, which must work on every processor.
@Suite struct PrecisionOptionTests {
    private static let warning = "using f32 instead"
    private static let folder = SharedData.package.appending(path: "datasets/printed/images")

    /// The paths of a few images.
    private func images() throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: Self.folder.path(percentEncoded: false))
        return names.sorted().prefix(4).map {
            Self.folder.appending(path: $0).path(percentEncoded: false)
        }
    }

    @Test func autoPrintsNoWarning() throws {
        let images = try images()
        let outcome = try run(["predict", "--precision", "auto"] + images)
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        #expect(outcome.output.split(separator: "\n").count == images.count)
    }

    @Test func withoutKernelsForBfloat16FloatsAreUsedWithOneWarning() throws {
        let images = try images()
        let plain = try run(["predict", "--precision", "f32"] + images)
        let halves = try run(["predict", "--precision", "bf16"] + images)
        #expect(halves.status == 0)
        if !halves.errors.isEmpty {
            #expect(halves.errors.contains(Self.warning) && halves.errors.split(separator: "\n").count == 1)
            #expect(halves.output == plain.output)
        }
    }

    @Test func unknownPrecisionsAreRefused() throws {
        for command in ["predict", "evaluate", "train"] {
            let outcome = try run(command, "--precision", "f8", "x")
            #expect(outcome.status == 64 && outcome.errors.contains("'f32', 'bf16' or 'auto'"), "\(command)")
        }
    }

    @Test func aRunKeepsItsPrecisionAndWarnsIfItChanges() throws {
        let folder = try TemporaryFolder()
        let numbers = SharedData.package.appending(path: "datasets/numbers")
        let made = try run(
            "dataset", "create", "--images", numbers.path(percentEncoded: false), "--labels",
            numbers.appending(path: "labels.tsv").path(percentEncoded: false), "--output",
            folder.path("set"))
        #expect(made.status == 0, "\(made.errors)")
        let started = try run(
            "train", "--lmdb", folder.path("set"), "--output", folder.path("run"), "--steps", "2",
            "--batch-size", "2", "--threads", "1", "--precision", "auto")
        #expect(started.status == 0 && !started.errors.contains(Self.warning))
        let last = folder.path("run/last.safetensors")
        var file = try SafetensorsFile(reading: last, on: ReferenceDevice())
        let note = try #require(file.metadata["training"])
        let precision = note.contains("\"precision\":\"bf16\"") ? "bf16" : "f32"
        #expect(note.contains("\"precision\":\"\(precision)\""))
        let same = try run("train", "--resume", folder.path("run"), "--precision", precision)
        #expect(same.status == 0 && !same.errors.contains("its weights will differ"))

        file.metadata["training"] = note.replacing(
            "\"precision\":\"\(precision)\"", with: "\"precision\":\"bf16\"")
        try file.write(to: last)
        let changed = try run("train", "--resume", folder.path("run"), "--precision", "f32")
        #expect(changed.status == 0 && changed.errors.contains("started in bf16; in f32 its weights will"))
        let kept = try run("train", "--resume", folder.path("run"))
        #expect(kept.status == 0)
        #expect(kept.errors.contains(Self.warning) == kept.errors.contains("its weights will differ"))
    }
}
