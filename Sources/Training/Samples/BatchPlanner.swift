import Datasets
import Recognition

/// Decides which samples share a batch; the order depends on the seed only.
///
/// Each epoch walks through its samples in a new random order and groups them by padded width. A width with enough
/// samples becomes a batch. At the end of the epoch, the remaining samples of similar widths become batches, the widest
/// first. If each width were a batch of its own, an epoch would end with many tiny batches of unusual widths, which would
/// spoil the running statistics of batch normalization.
struct BatchPlanner: Sendable {
    private let samples: TrainingSamples
    private let seed: UInt64
    private(set) var position: Position
    private var order: [SampleID]
    private var batcher: WidthBatcher<TrainingSamples.Placement>
    private var exclusions: [ExcludedSample] = []
    /// The place in the order up to which synthetic images are requested.
    private var requested: Int
    /// The number of synthetic images that are requested and not yet taken.
    private var ahead = 0

    /// The greatest number of synthetic images that are requested ahead.
    private static let lookahead = 128
    /// The number of exclusions after which they are reported even if no batch is full.
    private static let exclusionLimit = 100

    /// How far the walk has come. With the seed, this is all that an exact resumption needs.
    struct Position: Sendable, Hashable, Codable {
        /// The number of finished epochs.
        var epoch = 0
        /// The number of samples taken from this epoch's order.
        var taken = 0
        /// The indices of the samples that wait for a batch, by padded width.
        var waiting: [Int: [Int]] = [:]
    }

    /// The samples of one step.
    struct Plan: Sendable {
        let epoch: Int
        let members: [TrainingSamples.Placement]
        /// The width to which the members are padded.
        var width: Int { members.lazy.map(\.width).max() ?? 0 }
        /// Samples on the way to this batch that cannot be trained on.
        let exclusions: [ExcludedSample]
        /// The position after this batch.
        let position: Position
    }

    /// - Throws: If a synthetic image that waits at `position` cannot be drawn again.
    init(
        _ samples: TrainingSamples, _ configuration: TrainingConfiguration,
        from position: Position = Position()
    ) throws {
        self.samples = samples
        seed = configuration.seed
        batcher = WidthBatcher(
            limit: BatchLimit(
                images: configuration.batchSize, pixels: configuration.batchPixels,
                height: samples.preprocessor.height))
        self.position = position
        order = samples.data.order(of: position.epoch, seed: seed)
        requested = position.taken
        let waiting = position.waiting.keys.sorted().flatMap { position.waiting[$0] ?? [] }
            .map(samples.data.id)
        for id in waiting { request(id) }
        for id in waiting {
            if let placement = try placement(of: id) { batcher.insert(placement, width: placement.width) }
        }
    }

    /// The next batch; empty if the rest of an epoch, or very many samples in a row, cannot be trained on.
    ///
    /// - Throws: If no more synthetic images can be drawn.
    mutating func next() throws -> Plan {
        while position.taken < order.count {
            guard exclusions.count < Self.exclusionLimit else { return plan([]) }
            requestAhead()
            let placement = try placement(of: order[position.taken])
            position.taken += 1
            if let placement, let batch = batcher.append(placement, width: placement.width) {
                return plan(batch)
            }
        }
        return plan(batcher.takeWidest() ?? [])
    }

    private mutating func requestAhead() {
        while ahead < Self.lookahead, requested < order.count {
            request(order[requested])
            requested += 1
        }
    }

    private mutating func request(_ id: SampleID) {
        guard case .synthetic(let number) = id else { return }
        samples.data.synthetic?.source.request(number)
        ahead += 1
    }

    /// The image of a synthetic sample; nil for a stored one.
    private mutating func synthetic(_ id: SampleID) throws -> SyntheticSample? {
        guard case .synthetic(let number) = id else { return nil }
        ahead -= 1
        return try samples.data.synthetic?.source.sample(at: number)
    }

    /// The width and classes of a sample; nil if it cannot be trained on, which becomes an exclusion.
    private mutating func placement(of id: SampleID) throws -> TrainingSamples.Placement? {
        let synthetic = try synthetic(id)
        do {
            return try samples.placement(of: id, synthetic)
        } catch {
            exclusions.append(ExcludedSample(name: samples.name(id), reason: "\(error)"))
            return nil
        }
    }

    private mutating func plan(_ members: [TrainingSamples.Placement]) -> Plan {
        let epoch = position.epoch
        if position.taken == order.count && batcher.waiting.isEmpty { startEpoch() }
        position.waiting = batcher.waiting.mapValues { $0.map { samples.data.index(of: $0.id) } }
        defer { exclusions = [] }
        return Plan(epoch: epoch, members: members, exclusions: exclusions, position: position)
    }

    private mutating func startEpoch() {
        position.epoch += 1
        (position.taken, requested) = (0, 0)
        order = samples.data.order(of: position.epoch, seed: seed)
    }
}
