import Datasets
import Files
import Imaging
import Recognition
import Tensors
import TestSupport
import Testing

@testable import Training

@Suite struct BatchPlannerTests {
    private func planner(_ tiny: TinyRun, from position: BatchPlanner.Position = .init()) throws
        -> BatchPlanner
    {
        let configuration = tiny.configuration(steps: 1)
        let data = try TrainingData(configuration)
        let samples = TrainingSamples(data, try data.alphabet(), configuration)
        return try BatchPlanner(samples, configuration, from: position)
    }

    @Test func everySampleIsMetOnceAnEpochInBatchesOfSimilarWidths() throws {
        var planner = try planner(TinyRun())
        var met: [Int: [SampleID]] = [:]
        while case let plan = try planner.next(), plan.epoch < 3 {
            #expect(plan.members.count <= 4 && plan.members.allSatisfy { 2 * $0.width >= plan.width })
            met[plan.epoch, default: []] += plan.members.map(\.id)
        }
        #expect(met.count == 3)
        let stored = Set((0..<12).map(SampleID.stored))
        for ids in met.values { #expect(ids.count == 12 && Set(ids) == stored) }
        #expect(met[0] != met[1])
    }

    @Test func resumingFromAnyPositionGivesTheSameBatches() throws {
        let tiny = try TinyRun()
        var whole = try planner(tiny)
        let plans = try (0..<12).map { _ in try whole.next() }
        for (cut, plan) in plans.enumerated() {
            var resumed = try planner(tiny, from: plan.position)
            let rest = try plans.dropFirst(cut + 1).map { _ in try resumed.next().members.map(\.id) }
            #expect(rest == plans.dropFirst(cut + 1).map { $0.members.map(\.id) })
        }
    }

    @Test func trimmedMarginsDecideTheWidthOfABatch() throws {
        let tiny = try TinyRun()
        var configuration = tiny.configuration(steps: 1)
        configuration.trimsMargins = true
        let data = try TrainingData(configuration)
        let samples = TrainingSamples(data, try data.alphabet(), configuration)
        // The two bars are columns 6 to 13; a quarter of their height of 16 pixels is kept on each side.
        let placement = try samples.placement(of: .stored(1), nil)
        #expect(placement.width == 16)
        var generator = SeededGenerator(seed: 1)
        let prepared = try samples.prepared(placement, toWidth: placement.width, nil, using: &generator)
        let area = PixelArea(columns: 2..<18, rows: 0..<16)
        #expect(prepared.image == TinyRun.image(bars: 2, width: 36).cropped(to: area))
    }

    @Test func wideImagesMakeSmallerBatches() throws {
        let tiny = try TinyRun()
        var configuration = tiny.configuration(steps: 1)
        configuration.batchPixels = 16 * 40 * 2
        let data = try TrainingData(configuration)
        let samples = TrainingSamples(data, try data.alphabet(), configuration)
        var planner = try BatchPlanner(samples, configuration)
        for _ in 0..<8 {
            let plan = try planner.next()
            #expect(plan.members.count <= (plan.members[0].width == 40 ? 2 : 3))
        }
    }
}
