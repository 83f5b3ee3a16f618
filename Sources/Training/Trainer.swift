import Datasets
import Files
import Foundation
import Neural
public import Recognition
public import Tensors

/// Makes a model better, step by step, and keeps what it has learnt in a run's folder.
public struct Trainer {
    /// Where checkpoints and metrics go.
    public let run: RunFolder
    let data: TrainingData
    let samples: TrainingSamples
    let device: any Device
    var model: CRNN
    var optimizer: Optimizer
    var state: TrainingState
    var excluded: Set<SampleName> = []
    /// Samples in a row that cannot be learnt from.
    var unusable = 0

    /// What was asked for.
    public var configuration: TrainingConfiguration { state.configuration }

    /// A new training in a new folder.
    ///
    /// - Parameters:
    ///   - configuration: All that decides the training.
    ///   - alphabet: The symbols to learn; those of the labels where it is nil.
    ///   - start: A trained model to go on from: its network and preparation of images replace those of the
    ///     configuration, its symbols stay, and symbols to learn that it lacks are added.
    ///   - made: What makes the images that the configuration names, if it does.
    ///   - run: The folder to make.
    ///   - replacing: Whether a run that is there already is thrown away.
    ///   - device: Where to compute.
    /// - Throws: `DatasetError`, `AlphabetError`, `ConfigurationError`, ``TrainingError`` where nothing can be
    ///   learnt from or a run is in the way, what the system says against writing the folder, and what keeps images
    ///   from being made.
    public init(
        _ configuration: TrainingConfiguration, alphabet: Alphabet? = nil,
        startingFrom start: Checkpoint? = nil, made: (any MadeSamples)? = nil,
        run: RunFolder, replacing: Bool = false, on device: any Device
    ) throws {
        let configuration = configuration.adapted(to: start)
        try configuration.validate()
        data = try TrainingData(configuration, made)
        let symbols = try alphabet ?? data.alphabet(known: start?.alphabet)
        var generator = SeededGenerator(seed: configuration.seed, 0)
        let extended = try start?.extended(by: symbols, using: &generator)
        let alphabet = extended?.alphabet ?? symbols
        model =
            try extended?.model
            ?? CRNN(configuration.network, classes: alphabet.classes, on: device, using: &generator)
        optimizer = Optimizer(configuration.optimizer)
        state = TrainingState(configuration, samples: data.images.count)
        samples = TrainingSamples(data, alphabet, configuration)
        self.run = run
        self.device = device
        try run.create(configuration, replacing: replacing)
        try save()
    }

    /// A training that goes on where the run's last checkpoint stands, on the data sets that it names; they must
    /// be as they were.
    ///
    /// - Parameters:
    ///   - run: The folder.
    ///   - made: What makes the images that the run's configuration names, if it does.
    ///   - device: Where to compute.
    /// - Throws: ``TrainingError`` where the folder holds no checkpoint, `CheckpointError` where it cannot be used,
    ///   `DatasetError`, and what keeps images from being made.
    public init(resuming run: RunFolder, made: (any MadeSamples)? = nil, on device: any Device) throws {
        let checkpoint = try Self.lastCheckpoint(of: run, on: device)
        (state, optimizer) = try checkpoint.training(at: run.last)
        data = try TrainingData(state.configuration, made)
        guard data.images.count == state.samples, data.epochs.contain(state.position) else {
            throw TrainingError.unusableRun(
                path: run.path,
                reason:
                    "was begun on \(state.samples) samples, and its data sets hold \(data.images.count) now; "
                    + "put them back, or start a new run")
        }
        try Self.check(data.sets, against: checkpoint.learntSets, run)
        samples = TrainingSamples(data, checkpoint.alphabet, state.configuration)
        model = checkpoint.model
        self.run = run
        self.device = device
    }

    /// Throws where a data set no longer holds what was learnt from so far.
    private static func check(
        _ sets: [LearntSet], against learnt: [LearntSet], _ run: RunFolder
    ) throws(TrainingError) {
        guard !learnt.isEmpty else { return }
        let changed = zip(learnt, sets).first { !$0.isSame(as: $1) }?.1
        guard changed != nil || learnt.count != sets.count else { return }
        let name = changed?.name ?? "a set"
        throw .unusableRun(
            path: run.path,
            reason: changed?.seed == nil
                ? "was begun on other data: \(name) has changed since, as its checksum tells; put the data sets "
                    + "back, or start a new run"
                : "was begun on other images: what \(name) makes has changed since, as its checksum tells; put "
                    + "its configuration, texts and fonts back, or start a new run from the weights "
                    + "(--from \(run.last))")
    }

    /// What a run was asked for; its thread count is the one with which going on is exact.
    public static func configuration(of run: RunFolder) throws -> TrainingConfiguration {
        try lastCheckpoint(of: run, on: ReferenceDevice()).training(at: run.last).0.configuration
    }

    private static func lastCheckpoint(of run: RunFolder, on device: any Device) throws -> Checkpoint {
        guard FileManager.default.fileExists(atPath: run.last) else {
            throw TrainingError.unusableRun(
                path: run.path, reason: "holds no last.safetensors; start one with --lmdb DATA --output RUN")
        }
        let checkpoint = try Checkpoint(reading: run.last, on: device)
        try checkpoint.requireTrainable(at: run.last)
        return checkpoint
    }

    /// Trains to the end, or until `shouldStop` says so after a step.
    ///
    /// - Parameters:
    ///   - shouldStop: Asked after every step; a checkpoint is written before stopping.
    ///   - report: Told what happens, on this thread.
    /// - Throws: ``TrainingError`` where nothing can be learnt from or loss or gradient is not finite, what the
    ///   system says against writing the run, and what keeps images from being made.
    public mutating func train(
        shouldStop: () -> Bool = { false }, report: (TrainingEvent) -> Void
    ) throws -> TrainingSummary {
        let log = try MetricsLog(run.metrics, through: state.step)
        let loader = try BatchLoader(samples, data.epochs, configuration, from: state.position)
        report(.started(overview))
        while !isFinished, !isOutOfPatience, let batch = try nextBatch(of: loader) {
            try tellExclusions(batch, report)
            if let stepped = try learn(from: batch) {
                try log.append("step", stepped)
                report(.stepped(stepped))
                warnOfBlanks(report)
            } else if !isFinished {
                continue
            }
            let validated = try validateIfDue(log, report)
            let stops = shouldStop()
            if validated || stops || state.step % configuration.checkpointInterval == 0 {
                try save()
                report(.saved(path: run.last))
            }
            if stops { return summary(isFinished ? .finished : .interrupted) }
        }
        return summary(isFinished ? .finished : .stoppedEarly)
    }

    /// The next batch. Where images cannot be made any more, what was learnt is kept before that is told.
    private func nextBatch(of loader: BatchLoader) throws -> TrainingBatch? {
        do { return try loader.next() } catch {
            try save()
            throw error
        }
    }

    /// Whether validations have not got better for as long as was asked for.
    private var isOutOfPatience: Bool {
        configuration.patience.map { state.validationsSinceBest >= $0 } ?? false
    }

    /// The share of the training that is done, from 0 to 1.
    var progress: Double {
        switch configuration.limit {
        case .steps(let steps): Double(state.step) / Double(max(1, steps))
        case .epochs(let epochs):
            (Double(state.position.epoch) + Double(state.position.taken) / Double(data.epochs.count))
                / Double(max(1, epochs))
        }
    }

    var isFinished: Bool {
        switch configuration.limit {
        case .steps(let steps): state.step >= steps
        case .epochs(let epochs): state.position.epoch >= epochs
        }
    }

    private var overview: TrainingOverview {
        TrainingOverview(
            parameters: model.parameterCount, symbols: samples.alphabet.symbols.count,
            trainingSamples: data.epochs.count, madeSamples: data.epochs.made?.count ?? 0,
            validationSamples: data.validationCount, step: state.step)
    }

    private func summary(_ ending: TrainingSummary.Ending) -> TrainingSummary {
        TrainingSummary(
            ending: ending, steps: state.step, seconds: state.seconds, best: state.best,
            excluded: excluded.count)
    }
}
