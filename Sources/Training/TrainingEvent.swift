/// What happens during training, for whoever shows it.
public enum TrainingEvent: Sendable {
    /// Training begins or goes on.
    case started(TrainingOverview)
    /// A sample cannot be learnt from; told once per sample.
    case excluded(ExcludedSample)
    /// A step was taken.
    case stepped(StepReport)
    /// The held-back samples were read.
    case validated(ValidationReport)
    /// Something that a person should look at, with what to try.
    case warned(String)
    /// A checkpoint was written.
    case saved(path: String)
}

/// What is trained on what.
public struct TrainingOverview: Sendable {
    /// Learned scalars of the network.
    public let parameters: Int
    /// Symbols of the alphabet.
    public let symbols: Int
    /// Samples to learn from in an epoch.
    public let trainingSamples: Int
    /// How many of these are made, others in every epoch.
    public let madeSamples: Int
    /// Samples held back.
    public let validationSamples: Int
    /// Steps taken before.
    public let step: Int
}

/// One step.
public struct StepReport: Sendable, Codable {
    /// From 1.
    public let step: Int
    /// From 0.
    public let epoch: Int
    /// How much of the training is done, from 0 to 1.
    public let progress: Double
    /// Mean CTC loss of the batch in nats.
    public let loss: Float
    /// Share of the batch read exactly.
    public let accuracy: Double
    /// The learning rate.
    public let rate: Float
    /// The gradient's norm before clipping.
    public let gradientNorm: Float
    /// Images learnt from in this step.
    public let images: Int
    /// Seconds of training so far, earlier sessions of the run included.
    public let seconds: Double
}

/// One reading of the held-back samples.
public struct ValidationReport: Sendable, Codable {
    /// The step after which it happened.
    public let step: Int
    /// How well they were read.
    public let scores: Scores.Rates
    /// Whether no validation of the run was better.
    public let isBest: Bool
    /// Images read per second.
    public let imagesPerSecond: Double
    /// Seconds of training so far.
    public let seconds: Double
}

/// How a training ended.
public struct TrainingSummary: Sendable {
    /// Why it ended.
    public let ending: Ending
    /// Steps taken in all.
    public let steps: Int
    /// Seconds of training in all.
    public let seconds: Double
    /// The best validation.
    public let best: ValidationReport?
    /// Samples that could not be learnt from.
    public let excluded: Int

    /// Why a training ended.
    public enum Ending: String, Sendable {
        /// The given number of epochs or steps is done.
        case finished
        /// Validations have stopped getting better.
        case stoppedEarly
        /// A person or the system asked for it.
        case interrupted
    }
}

/// Why a training cannot go on.
public enum TrainingError: Error, CustomStringConvertible {
    /// No sample can be learnt from.
    case nothingToLearn(reason: String)
    /// Loss or gradient is no number any more.
    case diverged(step: Int, quantity: String, place: String, samples: [String])
    /// A setting is out of range.
    case unusableSetting(reason: String)
    /// The run's folder cannot be used.
    case unusableRun(path: String, reason: String)

    /// The reason and what to do, for people.
    public var description: String {
        switch self {
        case .nothingToLearn(let reason): "there is nothing to learn from: \(reason)"
        case .diverged(let step, let quantity, let place, let samples):
            "training diverged at step \(step): the \(quantity) is not finite, first in \(place). "
                + "The batch held \(samples.joined(separator: ", ")). "
                + "Try a lower --learning-rate, a lower --clip, or look at these samples; "
                + "--resume goes on from the last checkpoint"
        case .unusableSetting(let reason): "training cannot be done so: \(reason)"
        case .unusableRun(let path, let reason): "run \(path) \(reason)"
        }
    }
}
