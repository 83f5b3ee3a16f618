import CPU
import Datasets
import Foundation
import Imaging
import Neural
import Recognition
import Tensors
import TestSupport
import Testing
import Training

@Suite struct TrainerTests {
    @Test func trainingLearnsTheTinySet() throws {
        let tiny = try TinyRun()
        var configuration = tiny.configuration(steps: 200)
        configuration.augmentation = nil
        var trainer = try tiny.trainer(configuration, "run")
        var losses: [Float] = []
        let summary = try trainer.train { event in
            if case .stepped(let step) = event { losses.append(step.loss) }
        }
        #expect(summary.ending == .finished && summary.steps == 200)
        let (first, last) = (losses.prefix(10).reduce(0, +), losses.suffix(10).reduce(0, +))
        #expect(last < 0.2 * first)
        #expect(FileManager.default.fileExists(atPath: tiny.run("run").best))
    }

    @Test func theSameSeedGivesTheSameWeights() throws {
        let tiny = try TinyRun(device: CPUDevice(threads: 2))
        for name in ["first", "second"] {
            var trainer = try tiny.trainer(tiny.configuration(steps: 7), name)
            _ = try trainer.train { _ in }
        }
        #expect(try tiny.lastTensors("first") == tiny.lastTensors("second"))
    }

    /// Stops after `cut` steps, inside an epoch as well as at its end, and goes on from the files alone.
    @Test(arguments: [1, 3, 4, 6]) func resumingGivesTheWeightsOfTheUninterruptedRun(cut: Int) throws {
        let tiny = try TinyRun(device: CPUDevice(threads: 2))
        let configuration = tiny.configuration(steps: 9)
        var whole = try tiny.trainer(configuration, "whole")
        _ = try whole.train { _ in }

        var taken = 0
        var first = try tiny.trainer(configuration, "cut")
        let stopped = try first.train(shouldStop: { taken == cut }) { event in
            if case .stepped = event { taken += 1 }
        }
        #expect(stopped.ending == .interrupted && stopped.steps == cut)
        var second = try Trainer(resuming: tiny.run("cut"), on: tiny.device)
        let resumed = try second.train { _ in }
        #expect(resumed.steps == 9)
        #expect(try tiny.lastTensors("cut") == tiny.lastTensors("whole"))
    }

    @Test func stepsThatWereLostLeaveTheMetrics() throws {
        let tiny = try TinyRun()
        var trainer = try tiny.trainer(tiny.configuration(steps: 5), "run")
        _ = try trainer.train { _ in }
        let path = tiny.run("run").metrics
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try (text + "{\"kind\":\"step\",\"step\":6}\n{\"kind\":\"st").write(
            toFile: path, atomically: true, encoding: .utf8)
        var resumed = try Trainer(resuming: tiny.run("run"), on: tiny.device)
        _ = try resumed.train { _ in }
        let steps = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            .filter { $0.contains("\"step\"") && $0.contains("loss") }
        #expect(steps.count == 5)
    }

    @Test func aDamagedImageIsNamedOnceAndTheOthersAreUsed() throws {
        let tiny = try TinyRun(withDamage: true)
        var configuration = tiny.configuration(steps: 1)
        configuration.limit = .epochs(3)
        var trainer = try tiny.trainer(configuration, "run")
        var excluded: [ExcludedSample] = []
        var images = 0
        let summary = try trainer.train { event in
            if case .excluded(let sample) = event { excluded.append(sample) }
            if case .stepped(let step) = event { images += step.images }
        }
        #expect(excluded.map(\.name.key) == ["image-000000005"])
        #expect(summary.excluded == 1 && images == 33)
    }

    @Test func labelsThatCannotFitOrHaveUnknownSymbolsAreNamed() throws {
        let tiny = try TinyRun()
        let set = tiny.folder.path("odd")
        var writer = try DatasetWriter(set)
        for label in ["ab", "aaaaaaaaaaaa", "aé"] {
            try writer.append(image: TinyRun.image(bars: 2, width: 20).encodedPNG(), label: label)
        }
        try writer.finish()
        var configuration = tiny.configuration(steps: 2)
        configuration.trainingPaths = [set]
        var trainer = try Trainer(
            configuration, alphabet: Alphabet(characters: "ab"), run: tiny.run("run"), on: tiny.device)
        var reasons: [String: String] = [:]
        _ = try trainer.train { event in
            if case .excluded(let sample) = event { reasons[sample.name.key] = sample.reason }
        }
        #expect(reasons.keys.sorted() == ["image-000000002", "image-000000003"])
        #expect(reasons["image-000000002"]?.contains("needs 23 frames") == true)
        #expect(reasons["image-000000003"]?.contains("U+00E9") == true)
    }

    @Test func aSetWithoutAnyUsableSampleIsAnError() throws {
        let tiny = try TinyRun()
        var trainer = try Trainer(
            tiny.configuration(steps: 2), alphabet: Alphabet(characters: "xyz"), run: tiny.run("run"),
            on: tiny.device)
        #expect(throws: TrainingError.self) { _ = try trainer.train { _ in } }
    }

    @Test func divergenceNamesLayerAndSamples() throws {
        let tiny = try TinyRun()
        var configuration = tiny.configuration(steps: 50)
        configuration.learningRate = LearningRate(peak: 1e29)
        configuration.gradientLimit = nil
        configuration.optimizer = .sgd()
        var trainer = try tiny.trainer(configuration, "run")
        let error = #expect(throws: TrainingError.self) { _ = try trainer.train { _ in } }
        let text = "\(try #require(error))"
        #expect(text.contains("diverged") && text.contains("image-0000000"))
        #expect(text.contains("convolutions.") || text.contains("recurrence.") || text.contains("classifier"))
    }

    @Test func validationKeepsTheBestWeightsAndStopsEarly() throws {
        let tiny = try TinyRun()
        var configuration = tiny.configuration(steps: 500)
        configuration.validationFraction = 0.25
        configuration.validationInterval = 2
        configuration.patience = 3
        configuration.learningRate = LearningRate(peak: 0)
        var trainer = try tiny.trainer(configuration, "run")
        var validations: [ValidationReport] = []
        let summary = try trainer.train { event in
            if case .validated(let validation) = event { validations.append(validation) }
        }
        #expect(summary.ending == .stoppedEarly)
        #expect(validations.count == summary.steps / 2 && validations.first?.isBest == true)
        #expect(
            try Checkpoint(reading: tiny.run("run").best, on: tiny.device).notes.keys.sorted() == ["data"])
    }

    @Test func anExistingRunIsNotOverwritten() throws {
        let tiny = try TinyRun()
        _ = try tiny.trainer(tiny.configuration(steps: 1), "run")
        let error = #expect(throws: TrainingError.self) {
            _ = try tiny.trainer(tiny.configuration(steps: 1), "run")
        }
        #expect("\(try #require(error))".contains("already exists; resume it"))
    }

    @Test func aStoppedRunTakesNoFurtherStep() throws {
        let tiny = try TinyRun()
        var configuration = tiny.configuration(steps: 500)
        configuration.validationFraction = 0.25
        configuration.validationInterval = 1
        configuration.patience = 2
        configuration.learningRate = LearningRate(peak: 0)
        var trainer = try tiny.trainer(configuration, "run")
        let steps = try trainer.train { _ in }.steps
        var resumed = try Trainer(resuming: tiny.run("run"), on: tiny.device)
        let summary = try resumed.train { _ in }
        #expect(summary.steps == steps && summary.ending == .stoppedEarly)
    }

    /// Edits the checkpoint of a begun run, and expects words.
    private func expectRefusal(
        _ tiny: TinyRun, containing text: String, _ edit: (inout SafetensorsFile) throws -> Void
    ) throws {
        let path = tiny.run("run").last
        var file = try SafetensorsFile(reading: path, on: tiny.device)
        let whole = file
        try edit(&file)
        try file.write(to: path)
        let error = #expect(throws: (any Error).self) {
            _ = try Trainer(resuming: tiny.run("run"), on: tiny.device)
        }
        #expect("\(try #require(error))".contains(text))
        try whole.write(to: path)
    }

    @Test func aCheckpointThatDoesNotFitIsRefused() throws {
        let tiny = try TinyRun()
        var trainer = try tiny.trainer(tiny.configuration(steps: 2), "run")
        _ = try trainer.train { _ in }
        let moment = "optimizer.first.classifier.kernel"
        try expectRefusal(tiny, containing: "moments of classifier.kernel") {
            $0.tensors[moment] = Tensor(repeating: 0, shape: [1, 1], on: tiny.device)
        }
        try expectRefusal(tiny, containing: "moments of convolutions.0") { file in
            file.tensors = file.tensors.filter { !$0.key.hasPrefix("optimizer.") }
        }
        for (value, text) in [
            ("\"threads\":0", "threads"), ("\"checkpointInterval\":0", "checkpoints"),
            ("\"batchSize\":0", "batch"),
            ("\"taken\":99", "samples"), ("\"samples\":13", "samples"),
            ("\"waiting\":{\"24\":[99]}", "samples"),
        ] {
            let key = String(value.prefix { $0 != ":" })
            try expectRefusal(tiny, containing: text) { file in
                let note = try #require(file.metadata["training"])
                let pattern = try Regex(key + #":(\{[^}]*\}|\[[^\]]*\]|[0-9]+)"#)
                #expect(note.contains(pattern))
                file.metadata["training"] = note.replacing(pattern, with: value)
            }
        }
    }

    @Test func aFolderWithoutARunCannotBeResumed() throws {
        let tiny = try TinyRun()
        #expect(throws: TrainingError.self) { _ = try Trainer(resuming: tiny.run("none"), on: tiny.device) }
    }

    @Test func validationSetsAreNotTrainedOn() throws {
        let tiny = try TinyRun()
        let held = tiny.folder.path("data/held")
        var writer = try DatasetWriter(held)
        for _ in 0..<2 {
            try writer.append(image: TinyRun.image(bars: 1, width: 20).encodedPNG(), label: "a")
        }
        try writer.finish()
        var configuration = tiny.configuration(steps: 1)
        configuration.validationPaths = [try tiny.folder.link("link", to: held)]
        var trainer = try tiny.trainer(configuration, "run")
        var samples: [Int] = []
        _ = try trainer.train { event in
            if case .started(let overview) = event {
                samples = [overview.trainingSamples, overview.validationSamples]
            }
        }
        #expect(samples == [12, 2])
        configuration.trainingPaths = [held + "/"]
        let error = #expect(throws: TrainingError.self) { _ = try tiny.trainer(configuration, "none") }
        #expect("\(try #require(error))".contains("all data sets in \(held)/ are held out for validation"))
    }
}

/// The first loss of a training that starts from a model is far below that of random weights on the same batch; the
/// new symbol comes after the old ones.
@Test func aTrainingMayStartFromATrainedModel() throws {
    let tiny = try TinyRun()
    var losses: [String: [Float]] = [:]
    func train(_ name: String, steps: Int, from start: Checkpoint? = nil) throws {
        var trainer = try Trainer(
            tiny.configuration(steps: steps), alphabet: Alphabet(characters: start == nil ? "ab" : "xab"),
            startingFrom: start, run: tiny.run(name), on: tiny.device)
        _ = try trainer.train { event in
            if case .stepped(let step) = event { losses[name, default: []].append(Float(step.loss)) }
        }
    }
    try train("first", steps: 400)
    let start = try Checkpoint(reading: tiny.run("first").last, on: tiny.device)
    try train("second", steps: 1, from: start)
    let (first, second) = (try #require(losses["first"]), try #require(losses["second"]))
    #expect(second[0] < 0.6 * first[0])
    let symbols = try Checkpoint(reading: tiny.run("second").last, on: tiny.device).alphabet.symbols
    #expect(symbols == ["a", "b", "x"])
}
