import Datasets
import Files
import Recognition

/// Prepares batches on background threads, in the planner's order.
final class BatchLoader: Sendable {
    private let batches: OrderedPrefetch<BatchPlans, Result<TrainingBatch, any Error>>

    /// The number of batches that are prepared ahead of the device.
    private static let lookahead = 4

    init(
        _ samples: TrainingSamples, _ configuration: TrainingConfiguration,
        from position: BatchPlanner.Position
    ) throws {
        let plans = BatchPlans(planner: try BatchPlanner(samples, configuration, from: position))
        batches = OrderedPrefetch(plans, workers: configuration.loaderThreads, lookahead: Self.lookahead) {
            $0.map { Self.batch($0, samples, configuration) }
        }
    }

    /// The next batch; there always is one, as epochs follow each other.
    ///
    /// - Throws: If no more synthetic images can be drawn.
    func next() throws -> TrainingBatch? { try batches.next()?.get() }

    private static func batch(
        _ plan: BatchPlanner.Plan, _ samples: TrainingSamples, _ configuration: TrainingConfiguration
    ) -> TrainingBatch {
        var prepared: [TrainingSamples.Prepared] = []
        var exclusions = plan.exclusions
        for member in plan.members {
            var generator = SeededGenerator(
                seed: configuration.seed, 2, plan.epoch, samples.data.index(of: member.id))
            do {
                prepared.append(
                    try samples.prepared(
                        member, toWidth: plan.width, configuration.augmentation, using: &generator))
            } catch {
                exclusions.append(ExcludedSample(name: samples.name(member.id), reason: "\(error)"))
            }
        }
        return TrainingBatch(
            epoch: plan.epoch, samples: prepared, exclusions: exclusions, position: plan.position)
    }
}

/// The endless sequence of a planner's batches.
struct BatchPlans: Sequence, IteratorProtocol, Sendable {
    var planner: BatchPlanner

    mutating func next() -> Result<BatchPlanner.Plan, any Error>? { Result { try planner.next() } }
}
