import Datasets
import Foundation
import Recognition
import Tensors
import TestSupport
import Testing

/// `crnn train --synthesize` as a user runs it, with the fonts that every machine with the tests has.
@Suite(.serialized) struct TrainSynthesisTests {
    private let folder: TemporaryFolder
    private let look: String

    init() throws {
        folder = try TemporaryFolder()
        look = folder.path("look.json")
        try write(
            #"{"fonts": {"families": ["DejaVu *"]}, "text": {"lengths": [{"range": [1, 6], "weight": 1}]}}"#)
    }

    private func write(_ configuration: String) throws {
        try Data(configuration.utf8).write(to: URL(filePath: look))
    }

    private func arguments(_ name: String, steps: Int, _ more: String...) -> [String] {
        [
            "train", "--synthesize", look, "--output", folder.path(name), "--steps", "\(steps)",
            "--batch-size",
            "4", "--height", "16", "--checkpoint-every", "1", "--threads", "1",
        ] + more
    }

    private func checkpoint(_ name: String) throws -> Checkpoint {
        try Checkpoint(reading: folder.path(name) + "/last.safetensors", on: ReferenceDevice())
    }

    private func tensors(_ name: String) throws -> [String: [UInt8]] {
        try SafetensorsFile(reading: folder.path(name) + "/last.safetensors", on: ReferenceDevice())
            .tensors.mapValues { $0.bytes() }
    }

    /// Waits until a run has completed `count` steps.
    private func waitForSteps(_ count: Int, of name: String) {
        let metrics = URL(filePath: folder.path(name + "/metrics.jsonl"))
        for _ in 0..<400 {
            let lines = (try? Data(contentsOf: metrics))?.count { $0 == UInt8(ascii: "\n") } ?? 0
            if lines >= count { return }
            Thread.sleep(forTimeInterval: 0.05)
        }
    }

    /// Starts a training run without end, and finds the process ID of its synthesizer.
    private func started(_ name: String) throws -> (training: Process, synthesizer: pid_t, errors: String) {
        let errors = folder.path(name + ".errors")
        try Data().write(to: URL(filePath: errors))
        let training = try CommandRun.start(
            arguments(name, steps: 100_000, "--validation-fraction", "0"),
            errors: FileHandle(forWritingTo: URL(filePath: errors)))
        waitForSteps(1, of: name)
        return (training, try #require(child(of: training.processIdentifier)), errors)
    }

    /// The fields of the status of a process after its name: state, parent, …; nil if it has ended.
    private func status(_ process: String) -> [Substring]? {
        let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        let fields = text?.split(separator: ")").last?.split(separator: " ")
        return fields?.first == "Z" ? nil : fields
    }

    private func child(of parent: pid_t) -> pid_t? {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.filter { pid_t($0) != nil }.first { status($0)?[1] == "\(parent)" }.flatMap {
            pid_t($0)
        }
    }

    @Test func syntheticImagesAreMixedWithADataSet() throws {
        let set = folder.path("set")
        let made = try run(
            "dataset", "synthesize", "--configuration", look, "--seed", "9", "--count", "12", "--output", set)
        try #require(made.status == 0, "\(made.errors)")
        let trained = try run(
            arguments(
                "run", steps: 8, "--lmdb", set, "--mix", "0.75", "--synthesize-seed", "3",
                "--validation-fraction", "0.25"))
        #expect(trained.status == 0, "\(trained.errors)")
        #expect(trained.errors.contains("samples: 36 for training, 3 for validation"), "\(trained.errors)")
        #expect(
            trained.errors.contains("synthetic samples for training, new in every epoch: 27"),
            "\(trained.errors)")
        let sets = try #require(try checkpoint("run").notes["data"])
        #expect(sets.contains("look.json") && sets.contains("\"seed\":3"), "\(sets)")
        let model = folder.path("run/last.safetensors")
        let told = try run("model", "inspect", model).output
        #expect(told.contains("look.json, 27 synthetic samples per epoch, seed 3"), "\(told)")
        let settings = try String(contentsOfFile: folder.path("run/configuration.json"), encoding: .utf8)
        #expect(settings.contains("look.json") && settings.contains("0.75"))
    }

    /// Stopped by Ctrl-C, then killed, and resumed each time.
    @Test func aRunOnSyntheticImagesReachesTheSameWeightsHoweverItIsStopped() throws {
        let first = arguments("cut", steps: 12, "--validation-fraction", "0")
        #expect(try run(arguments("whole", steps: 12, "--validation-fraction", "0")).status == 0)
        for (attempt, signal) in [SIGINT, SIGKILL].enumerated() {
            let process = try CommandRun.start(
                attempt == 0 ? first : ["train", "--resume", folder.path("cut")])
            waitForSteps(1 + 3 * attempt, of: "cut")
            kill(process.processIdentifier, signal)
            process.waitUntilExit()
        }
        let last = try run("train", "--resume", folder.path("cut"))
        #expect(last.status == 0, "\(last.errors)")
        #expect(try tensors("cut") == tensors("whole"))
    }

    @Test func withoutADataSetSyntheticImagesAreHeldOut() throws {
        let trained = try run(arguments("run", steps: 2))
        #expect(trained.status == 0, "\(trained.errors)")
        #expect(
            trained.errors.contains("samples: 10000 for training, 500 for validation"), "\(trained.errors)")
        #expect(trained.output.contains("CER"))
        #expect(try checkpoint("run").alphabet.symbols.contains("½"))
    }

    @Test func aKilledSynthesizerIsAnErrorAndTheRunCanBeResumed() throws {
        let (training, synthesizer, errors) = try started("run")
        kill(synthesizer, SIGKILL)
        training.waitUntilExit()
        #expect(training.terminationReason == .exit && training.terminationStatus == 1)
        let text = try String(contentsOfFile: errors, encoding: .utf8)
        #expect(text.contains("crnn-synthesize was ended by signal 9"), "\(text)")
        let step = try checkpoint("run").notes["training"]?.firstMatch(of: /"step":([0-9]+)/)?.1
        #expect(step.flatMap { Int($0) } ?? 0 > 0)
    }

    @Test(arguments: [SIGKILL, SIGTERM]) func theSynthesizerEndsWithTheTraining(signal: Int32) throws {
        let (training, synthesizer, _) = try started("run")
        kill(training.processIdentifier, signal)
        training.waitUntilExit()
        for _ in 0..<100 where status("\(synthesizer)") != nil { Thread.sleep(forTimeInterval: 0.05) }
        #expect(status("\(synthesizer)") == nil)
    }

    @Test func aConfigurationThatHasChangedIsRefused() throws {
        #expect(try run(arguments("run", steps: 1, "--validation-fraction", "0")).status == 0)
        try write(#"{"fonts": {"families": ["DejaVu *"]}}"#)
        let changed = try run("train", "--resume", folder.path("run"))
        #expect(changed.status == 1)
        let reason = "the checksum of the synthetic images of look.json has changed"
        #expect(changed.errors.contains(reason), "\(changed.errors)")
        try FileManager.default.removeItem(atPath: look)
        #expect(try run("train", "--resume", folder.path("run")).errors.contains("\(look): cannot be read"))
    }

    @Test func invalidConfigurationsAreReportedBeforeARunIsCreated() throws {
        for (source, message) in [
            ("foto", "there is no such preset"), (folder.path("none.json"), "none.json: cannot be read"),
        ] {
            let refused = try run("train", "--synthesize", source, "--output", folder.path("run"))
            #expect(refused.status == 1 && refused.errors.contains(message), "\(refused.errors)")
        }
        for (configuration, message) in [
            ("{", "look.json"), (#"{"colour": 1}"#, "there is no setting “colour”"),
            (#"{"text": {"sources": [{"paths": ["no.txt"], "weight": 1}]}}"#, "no.txt cannot be read"),
            (#"{"text": {"alphabet": ""}}"#, "give an alphabet"),
            (#"{"text": {"alphabet": " "}}"#, "text.alphabet"),
        ] {
            try write(configuration)
            let refused = try run(arguments("run", steps: 1))
            #expect(refused.status == 1 && refused.errors.contains(message), "\(refused.errors)")
            #expect(refused.errors.split(separator: "\n").count == 1, "\(refused.errors)")
        }
        for (options, message) in [
            (["--mix", "0.5"], "--lmdb"), (["--lmdb", "x", "--mix", "1"], "--mix 1"),
            (["--lmdb", "x", "--mix", "0"], "leave out --synthesize"),
        ] {
            let refused = try run(["train", "--synthesize", "print"] + options)
            #expect(refused.status == 64 && refused.errors.contains(message), "\(refused.errors)")
        }
        #expect(try run("train", "--lmdb", "x", "--mix", "0.5").errors.contains("--synthesize"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("run")))
    }

    @Test func aMissingSynthesizerIsReported() throws {
        let copy = folder.path("crnn")
        try FileManager.default.copyItem(atPath: CommandRun.binary.path(percentEncoded: false), toPath: copy)
        let (process, errors) = (Process(), Pipe())
        process.executableURL = URL(filePath: copy)
        process.arguments = ["train", "--synthesize", "print", "--output", folder.path("run")]
        process.standardError = errors
        try process.run()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 1)
        #expect(text.contains("crnn-synthesize is missing: `crnn train --synthesize` needs it"), "\(text)")
    }
}
