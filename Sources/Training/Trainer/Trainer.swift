import Datasets
import Files
import Foundation
import Neural
public import Recognition
public import Tensors

/// Trains a model step by step, and writes checkpoints to a run's folder.
public struct Trainer: Sendable {
    /// The folder of checkpoints and metrics.
    public let run: RunFolder
    /// Keeps other trainers from the run until a training ends.
    private var lock: FileLock?
    let samples: TrainingSamples
    let device: any Device
    var model: CRNN
    var optimizer: Optimizer
    var state: TrainingState
    var excluded: Set<SampleName> = []
    /// The number of consecutive samples that cannot be trained on.
    var unusable = 0

    var data: TrainingData { samples.data }

    /// The settings of the training.
    public var configuration: TrainingConfiguration { state.configuration }

    /// Creates a new training in a new folder.
    ///
    /// - Parameters:
    ///   - configuration: The settings.
    ///   - alphabet: The symbols to learn; by default those of the labels.
    ///   - start: A trained model to start from. Its network and preprocessing replace those of the configuration. Its
    ///     symbols are kept, and symbols to learn that it lacks are added.
    ///   - source: Draws the synthetic images, if the configuration has any.
    ///   - run: The folder to create.
    ///   - replacing: Whether a run in this folder is replaced.
    ///   - device: Where to compute.
    /// - Throws: `DatasetError`, `AlphabetError` or `ConfigurationError`; ``TrainingError`` if there is nothing to train
    ///   on, or if the folder contains a run already or another process trains it; `FileError` if the folder cannot be written; the source's error if
    ///   images cannot be drawn.
    public init(
        _ configuration: TrainingConfiguration, alphabet: Alphabet? = nil,
        startingFrom start: Checkpoint? = nil, synthetic source: (any SyntheticSampleSource)? = nil,
        run: RunFolder, replacing: Bool = false, on device: any Device
    ) throws {
        let configuration = configuration.adapted(to: start)
        try configuration.validate()
        let data = try TrainingData(configuration, source)
        let symbols = try alphabet ?? data.alphabet(known: start?.alphabet)
        var generator = SeededGenerator(seed: configuration.seed, 0)
        let extended = try start?.extended(by: symbols, using: &generator)
        let alphabet = extended?.alphabet ?? symbols
        model =
            try extended?.model
            ?? CRNN(configuration.network, classCount: alphabet.classCount, on: device, using: &generator)
        optimizer = Optimizer(configuration.optimizer)
        state = TrainingState(configuration, samples: data.images.count)
        samples = TrainingSamples(data, alphabet, configuration)
        self.run = run
        self.device = device
        lock = try run.create(configuration, replacing: replacing)
        try save()
    }

    /// Resumes a training from the last checkpoint of a run, on the same data sets, which must not have changed.
    ///
    /// - Parameters:
    ///   - run: The folder.
    ///   - limit: A new end of the training, such as more epochs for a run that is finished; by default that of the run.
    ///     A decay of the learning rate is stretched to it, so that the rate may rise first. The patience starts anew.
    ///   - source: Draws the synthetic images, if the run's configuration has any.
    ///   - device: Where to compute.
    /// - Throws: ``TrainingError`` if the folder contains no checkpoint, another process trains the run, the data has
    ///   changed, or the run is beyond the limit; `CheckpointError` if the checkpoint cannot be used; `DatasetError`; the
    ///   source's error if images cannot be drawn.
    public init(
        resuming run: RunFolder, until limit: TrainingConfiguration.Limit? = nil,
        synthetic source: (any SyntheticSampleSource)? = nil, on device: any Device
    ) throws {
        try run.requireCheckpoint()
        lock = try run.lock()
        let checkpoint = try Self.lastCheckpoint(of: run, on: device)
        (state, optimizer) = try checkpoint.training(at: run.last)
        if let limit {
            try state.extend(to: limit, run)
            try run.write(state.configuration)
        }
        let data = try TrainingData(state.configuration, source)
        guard data.images.count == state.samples, data.contains(state.position) else {
            throw TrainingError.unusableRun(
                path: run.path,
                reason:
                    "was started with \(state.samples) samples, and its data sets contain \(data.images.count) now; "
                    + "restore them, or start a new run")
        }
        try Self.check(data.records, against: checkpoint.datasetRecords, run)
        samples = TrainingSamples(data, checkpoint.alphabet, state.configuration)
        model = checkpoint.model
        self.run = run
        self.device = device
    }

    /// Throws if a data set has another content than recorded.
    private static func check(
        _ present: [DatasetRecord], against recorded: [DatasetRecord], _ run: RunFolder
    ) throws(TrainingError) {
        guard !recorded.isEmpty else { return }
        let changed = zip(recorded, present).first { !$0.isSame(as: $1) }?.1
        guard changed != nil || recorded.count != present.count else { return }
        let name = changed?.name ?? "a data set"
        throw .unusableRun(
            path: run.path,
            reason: changed?.seed == nil
                ? "was started with other data: the checksum of \(name) has changed; restore the data sets, or "
                    + "start a new run"
                : "was started with other images: the checksum of the synthetic images of \(name) has changed; "
                    + "restore its configuration, texts and fonts, or start a new run from the weights "
                    + "in \(run.last)")
    }

    /// The configuration of a run; a resumption is exact with its number of threads.
    public static func configuration(of run: RunFolder) throws -> TrainingConfiguration {
        try lastCheckpoint(of: run, on: ReferenceDevice()).training(at: run.last).0.configuration
    }

    private static func lastCheckpoint(of run: RunFolder, on device: any Device) throws -> Checkpoint {
        try run.requireCheckpoint()
        let checkpoint = try Checkpoint(reading: run.last, on: device)
        try checkpoint.requireTrainable(at: run.last)
        return checkpoint
    }

    /// Trains to the end, or until `shouldStop` returns true.
    ///
    /// - Parameters:
    ///   - shouldStop: Called after every step and every sample of a validation. If it returns true, a checkpoint is
    ///     written and training stops. It must return true until training has stopped.
    ///   - report: Receives the events, on this thread.
    /// - Throws: ``TrainingError`` if no sample can be trained on, or loss or gradient is not finite; `FileError` if the
    ///   run cannot be written; the source's error if images cannot be drawn.
    public mutating func train(
        shouldStop: () -> Bool = { false }, report: (TrainingEvent) -> Void
    ) throws -> TrainingSummary {
        if lock?.isHeld != true { lock = try run.lock() }
        defer { lock?.release() }
        let log = try MetricsLog(run.metrics, through: state.step)
        let loader = try BatchLoader(samples, configuration, from: state.position)
        report(.started(overview))
        for warning in data.warnings + validationWarnings { report(.warned(warning)) }
        state.seconds = log.seconds
        if state.isValidationPending ?? false, try validateIfDue(log, shouldStop: shouldStop, report) {
            try save()
        }
        while !isFinished, !isOutOfPatience, let batch = try nextBatch(of: loader) {
            try reportExclusions(batch, report)
            if let stepped = try step(on: batch) {
                try log.append("step", stepped)
                report(.stepped(stepped))
                warnOfBlanks(report)
            } else if !isFinished {
                continue
            }
            let validated = try validateIfDue(log, shouldStop: shouldStop, report)
            let stops = shouldStop() || state.isValidationPending ?? false
            if validated || stops || state.step % configuration.checkpointInterval == 0 {
                try save()
                report(.saved(path: run.last))
            }
            if stops {
                return summary(isFinished && state.isValidationPending == nil ? .finished : .interrupted)
            }
        }
        return summary(isFinished ? .finished : .stoppedEarly)
    }

    /// The next batch. If no more images can be drawn, a checkpoint is written before the error is thrown.
    private func nextBatch(of loader: BatchLoader) throws -> TrainingBatch? {
        do { return try loader.next() } catch {
            try save()
            throw error
        }
    }

    /// Whether the last validations were not better, as many as the patience allows.
    private var isOutOfPatience: Bool {
        configuration.patience.map { state.validationsSinceBest >= $0 } ?? false
    }

    /// The share of the training that is done, from 0 to 1.
    var progress: Double {
        switch configuration.limit {
        case .steps(let steps): Double(state.step) / Double(max(1, steps))
        case .epochs(let epochs):
            (Double(state.position.epoch) + Double(state.position.taken) / Double(data.samplesPerEpoch))
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
            trainingSamples: data.samplesPerEpoch, syntheticSamples: data.synthetic?.count ?? 0,
            validationSamples: data.validationCount, step: state.step)
    }

    private func summary(_ ending: TrainingSummary.Ending) -> TrainingSummary {
        TrainingSummary(
            ending: ending, steps: state.step, seconds: state.seconds, best: state.best,
            excluded: excluded.count)
    }
}
