import Files
import Foundation
import Recognition
import Tensors
import TestSupport
import Testing

/// `crnn train` as a user runs it, on a few images of the repository.
@Suite(.serialized) struct TrainCommandTests {
    private let folder: TemporaryFolder
    private let set: String

    init() throws {
        folder = try TemporaryFolder()
        set = folder.path("set")
        let numbers = SharedData.package.appending(path: "datasets/numbers")
        let labels = try String(contentsOf: numbers.appending(path: "labels.tsv"), encoding: .utf8)
        let list = folder.path("labels.tsv")
        try labels.split(separator: "\n").prefix(24).joined(separator: "\n")
            .write(toFile: list, atomically: true, encoding: .utf8)
        let made = try run(
            "dataset", "create", "--images", numbers.path(percentEncoded: false), "--labels", list,
            "--output", set)
        try #require(made.status == 0, "\(made.errors)")
    }

    private func arguments(_ name: String, steps: Int, _ more: String...) -> [String] {
        [
            "train", "--lmdb", set, "--output", folder.path(name), "--steps", "\(steps)", "--batch-size", "4",
            "--checkpoint-every", "1", "--threads", "2",
        ] + more
    }

    private func tensors(_ name: String) throws -> [String: [UInt8]] {
        try SafetensorsFile(reading: folder.path(name) + "/last.safetensors", on: ReferenceDevice())
            .tensors.mapValues { $0.bytes() }
    }

    @Test func aRunLeavesItsFilesAndAModelThatEvaluatesAndPredicts() throws {
        let trained = try run(arguments("run", steps: 6, "--validate-every", "3"))
        #expect(trained.status == 0, "\(trained.errors)")
        #expect(trained.output.contains("steps             6"))
        for name in ["best.safetensors", "last.safetensors", "metrics.jsonl", "configuration.json"] {
            #expect(FileManager.default.fileExists(atPath: folder.path("run/\(name)")), "\(name)")
        }
        let lines = try String(contentsOfFile: folder.path("run/metrics.jsonl"), encoding: .utf8)
            .split(separator: "\n")
        let kinds = try lines.map { line in
            let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return entry?["kind"] as? String
        }
        #expect(kinds.count { $0 == "step" } == 6 && kinds.count { $0 == "validation" } == 2)
        let model = folder.path("run/best.safetensors")
        let evaluated = try run("evaluate", "--model", model, "--lmdb", set, "--format", "json")
        #expect(evaluated.status == 0 && evaluated.output.contains("\"samples\""))
        let image = SharedData.package.appending(path: "datasets/numbers/images/0001.png")
        #expect(try run("predict", "--model", model, image.path(percentEncoded: false)).status == 0)
    }

    /// With a checkpoint after every step, most kills interrupt the writing of one.
    @Test func aRunThatIsKilledAgainAndAgainReachesTheSameWeights() throws {
        let steps = 40
        #expect(try run(arguments("whole", steps: steps)).status == 0)
        var generator = SeededGenerator(seed: 3)
        var kills = 0
        func nextArguments() -> [String] {
            FileManager.default.fileExists(atPath: folder.path("killed/last.safetensors"))
                ? ["train", "--resume", folder.path("killed")] : arguments("killed", steps: steps)
        }
        for attempt in 0..<8 {
            let process = try CommandRun.start(nextArguments())
            Thread.sleep(
                forTimeInterval: Double.random(in: 0.1...0.4, using: &generator) * Double(1 + attempt % 3))
            if process.isRunning { kills += 1 }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        let last = try run(nextArguments())
        #expect(last.status == 0, "\(last.errors)")
        #expect(kills > 0)
        #expect(try tensors("killed") == tensors("whole"))
    }

    @Test(arguments: stopSignals) func aSignalStopsAfterTheStepWithACheckpoint(signal: Int32) throws {
        let errors = folder.path("errors")
        try Data().write(to: URL(filePath: errors))
        let process = try CommandRun.start(
            arguments("stopped", steps: 100_000), errors: FileHandle(forWritingTo: URL(filePath: errors)))
        let metrics = folder.path("stopped/metrics.jsonl")
        for _ in 0..<600 where (try? Data(contentsOf: URL(filePath: metrics)).isEmpty) ?? true {
            Thread.sleep(forTimeInterval: 0.05)
        }
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 128 + signal)
        #expect(try String(contentsOfFile: errors, encoding: .utf8).contains("crnn train --resume"))
        #expect(try tensors("stopped").isEmpty == false)
    }

    /// A checkpoint of the compact network with the moments of the optimizer takes 12 MB: two do not fit.
    @Test(.enabled(if: SmallDisk.isPossible, "needs root, to mount a small disk"))
    func aFullDiskEndsWithAnErrorAndKeepsTheLastCheckpoint() throws {
        let disk = try SmallDisk(megabytes: 20)
        let output = disk.path("run")
        let options = ["--steps", "100000", "--batch-size", "4", "--checkpoint-every", "1"]
        let result = try run(["train", "--lmdb", set, "--output", output] + options)
        #expect(result.status == 1)
        #expect(result.errors.contains("No space left on device") && result.errors.contains(output))
        let kept = try SafetensorsFile(reading: output + "/last.safetensors", on: ReferenceDevice())
        #expect(kept.metadata["training"]?.contains("\"step\":1,") == true)
    }

    @Test func aResultThatCannotBePrintedIsAnError() throws {
        let outcome = try run(arguments("run", steps: 1), outputTo: "/dev/full")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("standard output: cannot be written (No space left on device)"))
        #expect(try tensors("run").isEmpty == false)
    }

    @Test func impossibleOptionsAreRejected() throws {
        #expect(try run("train").status == 64)
        #expect(try run("train", "--resume", folder.path("none")).errors.contains("last.safetensors"))
        #expect(try run("train", "--lmdb", folder.path("none")).status == 1)
        #expect(try run(arguments("a", steps: 1, "--height", "20")).errors.contains("multiple of 16"))
        #expect(try run(arguments("b", steps: 1, "--epochs", "2")).status == 64)
        for (options, status, message) in [
            (["--steps", "9223372036854775807"], 1, "it can be from"),
            (["--loader-threads", "100000"], 1, "it can be from"),
            (["--clip", "inf"], 64, "--clip is inf; give a number from 0"),
            (["--learning-rate", "nan"], 64, "--learning-rate is nan; give a number from 0"),
        ] as [([String], Int32, String)] {
            let refused = try run(["train", "--lmdb", set, "--output", folder.path("e")] + options)
            #expect(
                refused.status == status && refused.errors.contains(message), "\(options) \(refused.errors)")
        }
        #expect(
            try run("train", "--resume", folder.path("x"), "--batch-size", "9").errors.contains(
                "combined with --batch-size"))
        #expect(
            try run("train", "--lmdb", "x", "--from", "y", "--height", "48").errors.contains(
                "combined with --height"))
        let strange = try run(arguments("d", steps: 1, "--alphabet", "xyz", "--validation-fraction", "0"))
        #expect(strange.status == 1)
        #expect(strange.errors.contains("nothing to train on") && strange.errors.contains("image-0000000"))
    }

    @Test func helpAndVersionAnswer() throws {
        let help = try run("train", "--help")
        #expect(help.status == 0 && help.output.contains("Examples:"))
        #expect(help.output.contains("1 M parameters") && help.output.contains("8.7 M"))
        #expect(try run("--version").output == "0.1.0\n")
    }
}

/// The signals that stop a training; without SIGHUP if it is ignored, as under `nohup`, since commands inherit that.
private let stopSignals: [Int32] = [SIGINT, SIGTERM, SIGHUP].filter { number in
    var action = sigaction()
    sigaction(number, nil, &action)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) != 1
}
