import Datasets
import Files
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
    private let batches: OrderedPrefetch<Result<TrainingBatch, any Error>>

    init(
        _ samples: TrainingSamples, _ epochs: Epochs, _ configuration: TrainingConfiguration,
        from position: BatchPlanner.Position
    ) throws {
        let planner = Mutex(try BatchPlanner(samples, epochs, configuration, from: position))
        let shared = Shared(planner: planner)
        batches = OrderedPrefetch(workers: configuration.loaderThreads, lookahead: 4) {
            let plan = Result { try shared.planner.withLock { try $0.next() } }
            return { plan.map { Self.batch($0, samples, configuration) } }
        }
    }

    private final class Shared: Sendable {
        let planner: Mutex<BatchPlanner>
        init(planner: consuming Mutex<BatchPlanner>) { self.planner = planner }
    }

    /// The next batch; there is always one, as epochs follow each other.
    ///
    /// - Throws: What keeps samples from being made.
    func next() throws -> TrainingBatch? { try batches.next()?.get() }

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
                exclusions.append(ExcludedSample(name: samples.name(member.index), reason: "\(error)"))
            }
        }
        return TrainingBatch(
            epoch: plan.epoch, images: prepared.map(\.image), classes: prepared.map(\.classes),
            names: prepared.map(\.name), exclusions: exclusions, position: plan.position)
    }
}
