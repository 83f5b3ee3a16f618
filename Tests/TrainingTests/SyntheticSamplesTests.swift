import Datasets
import Foundation
import Recognition
import Tensors
import TestSupport
import Testing

@testable import Training

@Suite struct SyntheticSamplesTests {
    private let tiny: TinyRun

    init() throws { tiny = try TinyRun() }

    /// A training on twelve stored images and the synthetic share; on eight synthetic ones only if the share is 1.
    private func configuration(steps: Int, share: Double) -> TrainingConfiguration {
        var configuration = tiny.configuration(steps: steps)
        configuration.synthetic = SyntheticImageSettings("looks/bars.json")
        configuration.synthetic?.share = share
        configuration.synthetic?.samplesPerEpoch = 8
        configuration.synthetic?.heldOutCount = 40
        if share == 1 { configuration.trainingPaths = [] }
        return configuration
    }

    private func planner(
        _ source: FormulaSampleSource, share: Double, from position: BatchPlanner.Position = .init()
    ) throws -> BatchPlanner {
        let configuration = configuration(steps: 1, share: share)
        let data = try TrainingData(configuration, source)
        let samples = TrainingSamples(data, try data.alphabet(), configuration)
        return try BatchPlanner(samples, configuration, from: position)
    }

    private func trainer(
        _ configuration: TrainingConfiguration, _ source: FormulaSampleSource, _ name: String
    ) throws -> Trainer {
        try Trainer(configuration, synthetic: source, run: tiny.run(name), on: tiny.device)
    }

    @Test(arguments: [(0.5, 12), (0.25, 4), (0.9, 108)])
    func everyEpochHasAllStoredImagesAndNewSyntheticOnes(share: Double, count: Int) throws {
        var planner = try planner(FormulaSampleSource(), share: share)
        let stored = Set((0..<12).map(SampleID.stored))
        var met: [Int: [SampleID]] = [:]
        while case let plan = try planner.next(), plan.epoch < 3 {
            #expect(Set(plan.members.map(\.width)).count == 1)
            #expect(plan.members.allSatisfy { ($0.synthetic == nil) == stored.contains($0.id) })
            met[plan.epoch, default: []] += plan.members.map(\.id)
        }
        for (epoch, ids) in met {
            let numbers = epoch * count..<(epoch + 1) * count
            #expect(ids.count == 12 + count && Set(ids) == stored.union(numbers.map(SampleID.synthetic)))
            #expect(Array(ids.prefix(12)) != (0..<12).map(SampleID.stored))
        }
        #expect(met.count == 3)
    }

    @Test(arguments: [0.5, 1]) func resumingFromAnyPositionGivesTheSameImages(share: Double) throws {
        var whole = try planner(FormulaSampleSource(), share: share)
        let plans = try (0..<14).map { _ in try whole.next() }
        #expect(plans.contains { $0.position.waiting.values.joined().contains { $0 >= 12 } })
        for (cut, plan) in plans.enumerated() {
            var resumed = try planner(FormulaSampleSource(), share: share, from: plan.position)
            for expected in plans.dropFirst(cut + 1) {
                let members = try resumed.next().members
                #expect(members.map(\.id) == expected.members.map(\.id))
                #expect(members.map(\.synthetic) == expected.members.map(\.synthetic))
            }
        }
    }

    @Test func imagesAreRequestedAheadAndDrawnOnce() throws {
        let source = FormulaSampleSource()
        var planner = try planner(source, share: 0.99)
        let before = source.drawn.count
        for _ in 0..<40 { _ = try planner.next() }
        let drawn = source.drawn.dropFirst(before)
        #expect(Set(drawn).count == drawn.count && drawn.count >= 40)
        #expect(Set(drawn).isSubset(of: source.requested))
        #expect(source.farthestAhead == 128)
    }

    @Test(arguments: [0.5, 1], [1, 4]) func resumingGivesTheWeightsOfTheUninterruptedRun(
        share: Double, cut: Int
    ) throws {
        let configuration = configuration(steps: 8, share: share)
        var whole = try trainer(configuration, FormulaSampleSource(), "whole")
        _ = try whole.train { _ in }
        var taken = 0
        var first = try trainer(configuration, FormulaSampleSource(), "cut")
        _ = try first.train(shouldStop: { taken == cut }) { event in
            if case .stepped = event { taken += 1 }
        }
        var second = try Trainer(resuming: tiny.run("cut"), synthetic: FormulaSampleSource(), on: tiny.device)
        #expect(try second.train { _ in }.steps == 8)
        #expect(try tiny.lastTensors("cut") == tiny.lastTensors("whole"))
    }

    @Test func validationImagesAreNotTrainedOn() throws {
        var configuration = configuration(steps: 3, share: 1)
        configuration.validationFraction = 0.1
        let source = FormulaSampleSource()
        var trainer = try trainer(configuration, source, "run")
        #expect(source.drawn == Array(0..<40))
        var counts: [Int] = []
        _ = try trainer.train { event in
            if case .started(let overview) = event {
                counts = [overview.trainingSamples, overview.syntheticSamples, overview.validationSamples]
            }
        }
        #expect(counts == [8, 8, 40])
        #expect(source.drawn.dropFirst(40).allSatisfy { $0 >= 40 } && source.drawn.count > 40)
        #expect(FileManager.default.fileExists(atPath: tiny.run("run").best))
    }

    @Test func theEndOfTheSourceEndsTheTrainingAndKeepsItsWeights() throws {
        let source = FormulaSampleSource(end: 40)
        var trainer = try trainer(configuration(steps: 1000, share: 0.5), source, "run")
        var excluded = 0
        var steps = 0
        #expect(throws: FormulaSampleSource.Ended.self) {
            _ = try trainer.train { event in
                if case .excluded = event { excluded += 1 }
                if case .stepped(let step) = event { steps = step.step }
            }
        }
        #expect(excluded == 0 && steps > 0)
        var resumed = try Trainer(
            resuming: tiny.run("run"), synthetic: FormulaSampleSource(), on: tiny.device)
        var first: Int?
        _ = try resumed.train(shouldStop: { first != nil }) { event in
            if case .stepped(let step) = event { first = first ?? step.step }
        }
        #expect(first == steps + 1)
    }

    /// Eight images per epoch, half of which cannot be trained on: after two epochs, there are more of these than an
    /// epoch has images.
    @Test func imagesThatCannotBeTrainedOnAreNamedAndTheOthersUsed() throws {
        var configuration = configuration(steps: 1, share: 1)
        configuration.limit = .epochs(5)
        var trainer = try trainer(configuration, FormulaSampleSource(unfitEvery: 2), "run")
        var excluded: [ExcludedSample] = []
        let summary = try trainer.train { event in
            if case .excluded(let sample) = event { excluded.append(sample) }
        }
        #expect(summary.ending == .finished && summary.excluded == 20)
        let numbers = (0..<20).map { String(format: "made-%09d in looks/bars.json", 2 * $0) }
        #expect(excluded.map(\.name.description).sorted() == numbers)
        #expect(excluded.allSatisfy { $0.reason.contains("frames") })
    }

    @Test func imagesOfWhichNoneCanBeTrainedOnAreAnError() throws {
        var configuration = configuration(steps: 1, share: 1)
        configuration.synthetic?.samplesPerEpoch = 450
        var trainer = try trainer(configuration, FormulaSampleSource(unfitEvery: 1), "run")
        var excluded = 0
        #expect(throws: TrainingError.self) {
            _ = try trainer.train { event in if case .excluded = event { excluded += 1 } }
        }
        #expect(excluded >= 450)
    }

    @Test func aRunResumesOnlyWithTheImagesItWasStartedWith() throws {
        _ = try trainer(configuration(steps: 2, share: 0.5), FormulaSampleSource(), "run")
        let run = tiny.run("run")
        let sets = try Checkpoint(reading: run.last, on: tiny.device).datasetRecords
        #expect(sets.map(\.name) == ["data", "bars.json"] && sets.map(\.seed) == [nil, 1])
        #expect(sets[1].samples == 12 && sets[1].checksum != nil)
        _ = try Trainer(resuming: run, synthetic: FormulaSampleSource(), on: tiny.device)
        for other in [FormulaSampleSource(settings: "dots"), FormulaSampleSource(unfitEvery: 30)] {
            let error = #expect(throws: TrainingError.self) {
                _ = try Trainer(resuming: run, synthetic: other, on: tiny.device)
            }
            #expect(error?.description.contains("the synthetic images of bars.json has changed") == true)
        }
        let error = #expect(throws: TrainingError.self) { _ = try Trainer(resuming: run, on: tiny.device) }
        #expect(error?.description.contains("looks/bars.json") == true)
    }

    @Test func theAlphabetCoversLabelsAndSyntheticTexts() throws {
        let configuration = configuration(steps: 2, share: 0.5)
        _ = try trainer(configuration, FormulaSampleSource(symbols: "za "), "run")
        #expect(
            try Checkpoint(reading: tiny.run("run").last, on: tiny.device).alphabet.symbols
                == [" ", "a", "b", "z"])
        let error = #expect(throws: TrainingError.self) {
            _ = try trainer(configuration, FormulaSampleSource(symbols: nil), "any")
        }
        #expect(error?.description.contains("give an alphabet") == true)
    }

    @Test func sharesThatCannotBeAreRefused() throws {
        for share in [0, 1.5, .nan] {
            #expect(throws: TrainingError.self) { try configuration(steps: 1, share: share).validate() }
        }
        var alone = configuration(steps: 1, share: 1)
        try alone.validate()
        alone.synthetic?.share = 0.5
        #expect(throws: TrainingError.self) { try alone.validate() }
    }

    @Test func positionsThatNoWalkReachesAreRefused() throws {
        let data = try TrainingData(configuration(steps: 1, share: 0.5), FormulaSampleSource())
        for (epoch, index, isPossible) in [
            (1, 24, true), (1, 35, true), (1, 3, true), (1, 23, false), (1, 36, false), (0, 12, true),
            (.max, 3, false), (-1, 3, false), (1 << 61, 3, false),
        ] {
            let position = BatchPlanner.Position(epoch: epoch, taken: 2, waiting: [24: [index]])
            #expect(data.contains(position) == isPossible, "\(epoch) \(index)")
        }
    }
}
