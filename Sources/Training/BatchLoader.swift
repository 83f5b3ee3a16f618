import Datasets
import Imaging
import Synchronization
import Tensors

/// One step's images and labels, ready for the device.
struct TrainingBatch: Sendable {
    let epoch: Int
    let images: [Image]
    let classes: [[Int]]
    let names: [SampleName]
    let exclusions: [ExcludedSample]
    let position: BatchPlanner.Position
}

/// Prepares batches in the background, in the planner's order.
final class BatchLoader: Sendable {
    private let batches: OrderedPrefetch<TrainingBatch>

    init(
        _ samples: TrainingSamples, indices: [Int], _ configuration: TrainingConfiguration,
        from position: BatchPlanner.Position
    ) {
        let planner = Mutex(BatchPlanner(samples, indices: indices, configuration, from: position))
        let shared = Shared(planner: planner)
        batches = OrderedPrefetch(workers: configuration.loaderThreads, lookahead: 4) {
            let plan = shared.planner.withLock { $0.next() }
            return { Self.batch(plan, samples, configuration) }
        }
    }

    private final class Shared: Sendable {
        let planner: Mutex<BatchPlanner>
        init(planner: consuming Mutex<BatchPlanner>) { self.planner = planner }
    }

    /// The next batch; there is always one, as epochs follow each other.
    func next() -> TrainingBatch? { batches.next() }

    private static func batch(
        _ plan: BatchPlanner.Plan, _ samples: TrainingSamples, _ configuration: TrainingConfiguration
    ) -> TrainingBatch {
        var prepared: [TrainingSamples.Prepared] = []
        var exclusions = plan.exclusions
        for member in plan.members {
            var generator = SeededGenerator(seed: configuration.seed, 2, plan.epoch, member.index)
            do {
                prepared.append(try samples.prepared(member, configuration.augmentation, using: &generator))
            } catch {
                exclusions.append(
                    ExcludedSample(name: samples.images.name(member.index), reason: "\(error)"))
            }
        }
        return TrainingBatch(
            epoch: plan.epoch, images: prepared.map(\.image), classes: prepared.map(\.classes),
            names: prepared.map(\.name), exclusions: exclusions, position: plan.position)
    }
}
