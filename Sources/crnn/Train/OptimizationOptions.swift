public import ArgumentParser
import Neural
public import Training

/// The options of `crnn train` for the optimizer, the schedule and the checkpoints.
struct OptimizationOptions: ParsableArguments {
    /// A named update rule.
    enum Method: String, ExpressibleByArgument, CaseIterable {
        case adam, adamw, amsgrad, adadelta, rmsprop, sgd, nesterov
    }

    @Option(help: ArgumentHelp("The number of passes over all samples.", valueName: "count"))
    var epochs: Int?

    @Option(
        help: ArgumentHelp(
            "The number of steps; by default 10000, unless --epochs is given.", valueName: "count"))
    var steps: Int?

    @Option(help: ArgumentHelp("The number of images per step.", valueName: "count"))
    var batchSize = 32

    @Option(help: "The update rule; nesterov is sgd with Nesterov's momentum.")
    var optimizer = Method.adam

    @Option(
        help: ArgumentHelp(
            "The peak learning rate; by default 1 for adadelta, 0.01 for sgd and nesterov, otherwise 0.001.",
            valueName: "rate"))
    var learningRate: Float?

    @Option(help: "The learning rate after the warm-up: constant, or cosine decay to 1/100 of the peak.")
    var schedule = LearningRate.Decay.cosine

    @Option(
        help: ArgumentHelp(
            "The number of steps in which the learning rate rises from 0 to the peak.", valueName: "steps"))
    var warmup = 100

    @Option(
        help: ArgumentHelp("The weight decay; by default 0.01 for adamw, otherwise 0.", valueName: "rate"))
    var weightDecay: Float?

    @Option(
        help: ArgumentHelp(
            "The number that keeps the update rule from dividing by zero; by default 1e-6 for adadelta, otherwise 1e-8. "
                + "Without effect on sgd and nesterov.", valueName: "number"))
    var epsilon: Float?

    @Option(
        help: ArgumentHelp("The maximum gradient norm; 0 disables clipping.", valueName: "norm"))
    var clip: Float = 5

    @Option(
        help: ArgumentHelp("The seed of initial weights, sample order and augmentation.", valueName: "number")
    )
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            "The number of steps between validations; by default one epoch.", valueName: "steps"))
    var validateEvery: Int?

    @Option(help: ArgumentHelp("The number of steps between checkpoints.", valueName: "steps"))
    var checkpointEvery = 500

    @Option(
        help: ArgumentHelp(
            "Stop after this number of consecutive validations without improvement.", valueName: "count"))
    var patience: Int?

    /// Throws if a value is out of range or contradicts another.
    func validateValues() throws {
        if epochs != nil, steps != nil { throw ValidationError("give --epochs or --steps, not both") }
        let counts = [
            ("--epochs", epochs), ("--steps", steps), ("--batch-size", batchSize),
            ("--validate-every", validateEvery), ("--checkpoint-every", checkpointEvery),
            ("--patience", patience),
        ]
        for case (let name, let count?) in counts where count < 1 {
            throw ValidationError("\(name) must be at least 1")
        }
        let numbers: [(String, Float?, ClosedRange<Float>)] = [
            ("--learning-rate", learningRate, 0...1000), ("--weight-decay", weightDecay, 0...1000),
            ("--clip", clip, 0...1e9), ("--epsilon", epsilon, 0...1000),
        ]
        for case (let name, let value?, let range) in numbers where !range.contains(value) {
            throw ValidationError("\(name) is \(value); give a number from 0 to \(Int(range.upperBound))")
        }
        guard warmup >= 0 else { throw ValidationError("--warmup must not be negative") }
    }

    /// The limit of the training that the options name; nil if they name none.
    var givenLimit: TrainingConfiguration.Limit? { epochs.map { .epochs($0) } ?? steps.map { .steps($0) } }

    /// Sets the options in `configuration`.
    func apply(to configuration: inout TrainingConfiguration) {
        configuration.limit = givenLimit ?? .steps(10000)
        configuration.batchSize = batchSize
        configuration.optimizer = method
        configuration.learningRate = LearningRate(peak: peak, warmupSteps: warmup, decay: schedule)
        configuration.gradientLimit = clip > 0 ? clip : nil
        configuration.seed = seed
        configuration.validationInterval = validateEvery
        configuration.checkpointInterval = checkpointEvery
        configuration.patience = patience
    }

    private var method: Optimizer.Method {
        switch optimizer {
        case .adam: .adam(weightDecay: weightDecay ?? 0, epsilon: epsilon ?? 1e-8)
        case .adamw: .adam(weightDecay: weightDecay ?? 0.01, epsilon: epsilon ?? 1e-8)
        case .amsgrad: .adam(weightDecay: weightDecay ?? 0, epsilon: epsilon ?? 1e-8, amsgrad: true)
        case .adadelta: .adadelta(weightDecay: weightDecay ?? 0, epsilon: epsilon ?? 1e-6)
        case .rmsprop: .rmsprop(weightDecay: weightDecay ?? 0, epsilon: epsilon ?? 1e-8)
        case .sgd: .sgd(weightDecay: weightDecay ?? 0)
        case .nesterov: .sgd(weightDecay: weightDecay ?? 0, nesterov: true)
        }
    }

    private var peak: Float {
        if let learningRate { return learningRate }
        switch optimizer {
        case .adam, .adamw, .amsgrad, .rmsprop: return 1e-3
        case .adadelta: return 1
        case .sgd, .nesterov: return 1e-2
        }
    }
}

extension LearningRate.Decay: ExpressibleByArgument {}
