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

        /// Whether a walk over the given indices can stand here.
        func isWithin(_ indices: [Int]) -> Bool {
            epoch >= 0 && (0...indices.count).contains(taken)
                && waiting.values.joined().allSatisfy(Set(indices).contains)
        }
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
        for index in position.waiting.keys.sorted().flatMap({ position.waiting[$0] ?? [] }) { gather(index) }
    }

    /// The next batch; empty where the rest of an epoch cannot be learnt from.
    mutating func next() -> Plan {
        while position.taken < order.count {
            let index = order[position.taken]
            position.taken += 1
            if let width = gather(index), waiting[width]?.count == size(forWidth: width) {
                return plan(width)
            }
        }
        return plan(waiting.keys.min())
    }

    /// Puts a sample among those of its width; nil where it cannot be learnt from.
    @discardableResult
    private mutating func gather(_ index: Int) -> Int? {
        do {
            let placement = try samples.placement(of: index)
            waiting[placement.width, default: []].append(placement)
            return placement.width
        } catch {
            exclusions.append(ExcludedSample(name: samples.images.name(index), reason: "\(error)"))
            return nil
        }
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
