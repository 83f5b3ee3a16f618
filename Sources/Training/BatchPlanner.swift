import Datasets
import Recognition

/// Decides which samples share a batch, in an order that the seed alone decides.
///
/// Samples are walked through in a new random order every epoch and gathered by padded width; a width that has
/// enough of them becomes a batch, and what is left at the epoch's end becomes smaller ones.
struct BatchPlanner: Sendable {
    private let samples: TrainingSamples
    private let epochs: Epochs
    private let batchSize: Int
    private let batchPixels: Int
    private let seed: UInt64
    private(set) var position: Position
    private var order: [Int]
    private var waiting: [Int: [TrainingSamples.Placement]] = [:]
    private var exclusions: [ExcludedSample] = []
    /// The place in the order up to which made samples are asked for.
    private var requested: Int
    /// Made samples that are asked for and not yet taken.
    private var ahead = 0

    /// How many made samples are asked for ahead, so that they are drawn while others are computed.
    private static let lookahead = 128
    /// How many samples are left out before that is told, at least.
    private static let untoldExclusions = 100

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

    /// - Throws: What keeps samples that wait at `position` from being made again.
    init(
        _ samples: TrainingSamples, _ epochs: Epochs, _ configuration: TrainingConfiguration,
        from position: Position = Position()
    ) throws {
        self.samples = samples
        self.epochs = epochs
        batchSize = configuration.batchSize
        batchPixels = configuration.batchPixels
        seed = configuration.seed
        self.position = position
        order = epochs.order(of: position.epoch, seed: seed)
        requested = position.taken
        let waiting = position.waiting.keys.sorted().flatMap { position.waiting[$0] ?? [] }
        for index in waiting { request(index) }
        for index in waiting { _ = try gather(index) }
    }

    /// The next batch; empty where the rest of an epoch, or very many samples in a row, cannot be learnt from.
    ///
    /// - Throws: What keeps samples from being made.
    mutating func next() throws -> Plan {
        while position.taken < order.count {
            guard exclusions.count < Self.untoldExclusions else { return plan(nil) }
            requestAhead()
            let width = try gather(order[position.taken])
            position.taken += 1
            if let width, waiting[width]?.count == size(forWidth: width) { return plan(width) }
        }
        return plan(waiting.keys.min())
    }

    private mutating func requestAhead() {
        while ahead < Self.lookahead, requested < order.count {
            request(order[requested])
            requested += 1
        }
    }

    private mutating func request(_ index: Int) {
        guard let made = samples.madePart(of: index) else { return }
        made.request(index)
        ahead += 1
    }

    /// The sample where it is made; nil where it is stored.
    private mutating func made(_ index: Int) throws -> MadeSample? {
        guard let made = samples.madePart(of: index) else { return nil }
        ahead -= 1
        return try made.sample(at: index)
    }

    /// Puts a sample among those of its width; nil where it cannot be learnt from.
    private mutating func gather(_ index: Int) throws -> Int? {
        let made = try made(index)
        do {
            let placement = try samples.placement(of: index, made)
            waiting[placement.width, default: []].append(placement)
            return placement.width
        } catch {
            exclusions.append(ExcludedSample(name: samples.name(index), reason: "\(error)"))
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
        (position.taken, requested) = (0, 0)
        order = epochs.order(of: position.epoch, seed: seed)
    }

    private func size(forWidth width: Int) -> Int {
        max(1, min(batchSize, batchPixels / (width * samples.preprocessor.height)))
    }
}
