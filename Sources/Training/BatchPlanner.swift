import Datasets
import Recognition
import Tensors

/// Decides which samples share a batch, in an order that the seed alone decides.
///
/// Samples are walked through in a new random order every epoch and gathered by padded width; a width that has
/// enough of them becomes a batch, and what is left at the epoch's end becomes smaller ones.
struct BatchPlanner: Sendable {
    private let samples: TrainingSamples
    private let indices: [Int]
    private let batchSize: Int
    private let batchPixels: Int
    private let seed: UInt64
    private(set) var position: Position
    private var order: [Int]
    private var waiting: [Int: [TrainingSamples.Placement]] = [:]
    private var exclusions: [ExcludedSample] = []

    /// How far the walk has come; with the seed, all that going on exactly needs.
    struct Position: Sendable, Hashable, Codable {
        /// Walks finished.
        var epoch = 0
        /// Samples of this epoch's order that were taken.
        var taken = 0
        /// Indices of those that wait for a batch, by padded width.
        var waiting: [Int: [Int]] = [:]
    }

    /// The samples of one step.
    struct Plan: Sendable {
        let epoch: Int
        let members: [TrainingSamples.Placement]
        /// Samples met on the way that cannot be learnt from.
        let exclusions: [ExcludedSample]
        /// Where the walk stands after this batch.
        let position: Position
    }

    init(
        _ samples: TrainingSamples, indices: [Int], _ configuration: TrainingConfiguration,
        from position: Position = Position()
    ) {
        self.samples = samples
        self.indices = indices
        batchSize = configuration.batchSize
        batchPixels = configuration.batchPixels
        seed = configuration.seed
        self.position = position
        order = Self.order(of: indices, seed: seed, epoch: position.epoch)
        waiting = position.waiting.mapValues { $0.compactMap { try? samples.placement(of: $0) } }
    }

    /// The next batch; empty where the rest of an epoch cannot be learnt from.
    mutating func next() -> Plan {
        while position.taken < order.count {
            let index = order[position.taken]
            position.taken += 1
            do {
                let placement = try samples.placement(of: index)
                waiting[placement.width, default: []].append(placement)
                if waiting[placement.width]?.count == size(forWidth: placement.width) {
                    return plan(placement.width)
                }
            } catch {
                exclusions.append(ExcludedSample(name: samples.images.name(index), reason: "\(error)"))
            }
        }
        return plan(waiting.keys.min())
    }

    private mutating func plan(_ width: Int?) -> Plan {
        let epoch = position.epoch
        let members = width.flatMap { waiting.removeValue(forKey: $0) } ?? []
        if position.taken == order.count && waiting.isEmpty { startEpoch() }
        position.waiting = waiting.mapValues { $0.map(\.index) }
        defer { exclusions = [] }
        return Plan(epoch: epoch, members: members, exclusions: exclusions, position: position)
    }

    private mutating func startEpoch() {
        position.epoch += 1
        position.taken = 0
        order = Self.order(of: indices, seed: seed, epoch: position.epoch)
    }

    private func size(forWidth width: Int) -> Int {
        max(1, min(batchSize, batchPixels / (width * samples.preprocessor.height)))
    }

    private static func order(of indices: [Int], seed: UInt64, epoch: Int) -> [Int] {
        var generator = SeededGenerator(seed: seed, 1, epoch)
        return indices.shuffled(using: &generator)
    }
}
