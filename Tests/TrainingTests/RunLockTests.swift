import Evaluation
import Foundation
import Recognition
import Tensors
import TestSupport
import Testing
import Training

/// Runs that two trainers want, runs that become longer, and stops within a validation.
@Suite struct RunLockTests {
    @Test func oneTrainerAtATimeHasARun() throws {
        let tiny = try TinyRun()
        var first = try tiny.trainer(tiny.configuration(steps: 3), "run")
        var errors: [String] = []
        _ = try first.train { event in
            guard case .stepped(let step) = event, step.step == 1 else { return }
            let error = #expect(throws: TrainingError.self) {
                _ = try Trainer(resuming: tiny.run("run"), on: tiny.device)
            }
            errors = [error.map { "\($0)" } ?? ""]
        }
        let name = "is being trained by process \(ProcessInfo.processInfo.processIdentifier) on "
        #expect(errors.count == 1 && errors[0].contains(name), "\(errors)")
        #expect(throws: Never.self) { _ = try Trainer(resuming: tiny.run("run"), on: tiny.device) }
    }

    @Test func aFinishedRunIsTrainedLonger() throws {
        let tiny = try TinyRun()
        var configuration = tiny.configuration(steps: 5)
        var whole = try tiny.trainer(configuration, "whole")
        _ = try whole.train { _ in }
        configuration.limit = .steps(3)
        var short = try tiny.trainer(configuration, "run")
        #expect(try short.train { _ in }.steps == 3)
        var longer = try Trainer(resuming: tiny.run("run"), until: .steps(5), on: tiny.device)
        let summary = try longer.train { _ in }
        #expect(summary.steps == 5 && summary.ending == .finished)
        // The learning rate is constant, so the two are one training.
        #expect(try tiny.lastTensors("run") == tiny.lastTensors("whole"))
        let text = try String(contentsOfFile: tiny.run("run").configuration, encoding: .utf8)
        #expect(text.contains("5"))
        let error = #expect(throws: TrainingError.self) {
            _ = try Trainer(resuming: tiny.run("run"), until: .steps(5), on: tiny.device)
        }
        #expect(try #require(error).description.contains("has done 5 steps; give more"))
    }

    @Test func equalTrainingsGiveEqualFiles() throws {
        let tiny = try TinyRun()
        var configuration = tiny.configuration(steps: 6)
        (configuration.validationFraction, configuration.validationInterval) = (0.25, 2)
        for name in ["a", "b"] {
            var trainer = try tiny.trainer(configuration, name)
            _ = try trainer.train { _ in }
        }
        for file in [\RunFolder.last, \.best, \.configuration] {
            let contents = try ["a", "b"].map {
                try Data(contentsOf: URL(filePath: tiny.run($0)[keyPath: file]))
            }
            #expect(contents[0] == contents[1])
        }
        var resumed = try Trainer(resuming: tiny.run("a"), until: .steps(7), on: tiny.device)
        #expect(try resumed.train { _ in }.seconds > 0)
    }

    @Test func aStateFromBeforeTimesWereLeftOutIsResumed() throws {
        let tiny = try TinyRun()
        var configuration = tiny.configuration(steps: 6)
        (configuration.validationFraction, configuration.validationInterval) = (0.25, 2)
        var first = try tiny.trainer(configuration, "run")
        var taken = 0
        _ = try first.train(shouldStop: { taken == 4 }) { if case .stepped = $0 { taken += 1 } }
        var old = try Checkpoint(reading: tiny.run("run").last, on: tiny.device)
        let state = try #require(old.notes["training"])
        let timed = state.replacing("\"best\":{", with: "\"best\":{\"isBest\":true,\"seconds\":2.5,")
        old.notes["training"] = "{\"seconds\":7.5," + timed.dropFirst()
        try old.write(to: tiny.run("run").last)
        var second = try Trainer(resuming: tiny.run("run"), on: tiny.device)
        #expect(try second.train { _ in }.steps == 6)
    }

    @Test func aValidationThatIsStoppedIsRepeated() throws {
        let tiny = try TinyRun()
        var configuration = tiny.configuration(steps: 4)
        (configuration.validationFraction, configuration.validationInterval) = (0.25, 2)
        var whole = try tiny.trainer(configuration, "whole")
        _ = try whole.train { _ in }
        var first = try tiny.trainer(configuration, "run")
        var polls = 0
        // After one step, one poll; after the second, one for each sample of the validation.
        let stopped = try first.train(shouldStop: {
            polls += 1; return polls >= 3
        }) { _ in }
        #expect(stopped.ending == .interrupted && stopped.steps == 2 && stopped.best == nil)
        var second = try Trainer(resuming: tiny.run("run"), on: tiny.device)
        var validated: [Int] = []
        _ = try second.train { if case .validated(let report) = $0 { validated.append(report.step) } }
        #expect(validated == [2, 4])
        let contents = try ["run", "whole"].map { try Data(contentsOf: URL(filePath: tiny.run($0).best)) }
        #expect(contents[0] == contents[1])
    }

    @Test func theLockEndsWithTheTrainingEvenIfCopiesOfTheTrainerLive() throws {
        let tiny = try TinyRun()
        var trainer = try tiny.trainer(tiny.configuration(steps: 1), "run")
        let copy = trainer
        #expect(throws: TrainingError.self) { _ = try Trainer(resuming: tiny.run("run"), on: tiny.device) }
        _ = try trainer.train { _ in }
        _ = try Trainer(resuming: tiny.run("run"), on: tiny.device)
        withExtendedLifetime(copy) {}
    }

    @Test func theTrainedModelNeedsNoFile() throws {
        let tiny = try TinyRun()
        var configuration = tiny.configuration(steps: 3)
        configuration.validationFraction = 0.25
        var trainer = try tiny.trainer(configuration, "run")
        _ = try trainer.train { _ in }
        let image = TinyRun.image(bars: 2, width: 36)
        let stored = try Checkpoint(reading: tiny.run("run").last, on: tiny.device)
        let transcripts = try [trainer.checkpoint, stored].map { try $0.recognizer.read([image])[0] }
        #expect(transcripts[0].confidence == transcripts[1].confidence)
        #expect(try trainer.bestCheckpoint().alphabet == trainer.checkpoint.alphabet)
    }
}

/// Labels that nobody can answer, and images that nobody can read, are named before they become bad scores.
@Suite struct ValidationWarningTests {
    @Test func labelsAndImagesThatCannotScoreAreNamed() throws {
        let tiny = try TinyRun(withDamage: true)
        var configuration = tiny.configuration(steps: 1)
        configuration.validationPaths = [tiny.folder.path("data")]
        let other = try TinyRun()
        configuration.trainingPaths = [other.folder.path("data")]
        var trainer = try Trainer(
            configuration, alphabet: try Alphabet(["a"]), run: tiny.run("run"), on: tiny.device)
        var warnings: [String] = [], reports: [ValidationReport] = []
        _ = try trainer.train { event in
            if case .warned(let text) = event { warnings.append(text) }
            if case .validated(let report) = event { reports.append(report) }
        }
        #expect(
            warnings.contains {
                $0.hasPrefix("8 of 12 validation labels have symbols that are not in the alphabet")
                    && $0.contains("“b” (8)")
            }, "\(warnings)")
        #expect(
            warnings.contains { $0.hasPrefix("validation: ") && $0.contains("image-000000005") },
            "\(warnings)")
        #expect(reports.map(\.unreadable) == [1] && reports.map(\.samples) == [12])
    }
}
