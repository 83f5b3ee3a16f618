public import ArgumentParser
import Foundation
import Neural
import Recognition
public import Training

/// What `crnn train` learns from.
struct TrainingDataOptions: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Data sets to learn from, or folders that are searched for them.", valueName: "path"))
    var lmdb: [String] = []

    @Option(
        name: .customLong("validation-lmdb"), parsing: .upToNextOption,
        help: ArgumentHelp("Data sets to validate on instead of a part of the others.", valueName: "path"))
    var validationLmdb: [String] = []

    @Option(help: ArgumentHelp("The share of samples held back for validation.", valueName: "share"))
    var validationFraction = 0.1

    @Flag(
        inversion: .prefixedNo,
        help: "Change training images at random: rotation, shear, scale, blur, noise, tone, inversion.")
    var augmentation = true

    @Option(help: ArgumentHelp("Threads that prepare images in the background.", valueName: "count"))
    var loaderThreads = 1

    func validateValues() throws {
        guard (0..<1).contains(validationFraction) else {
            throw ValidationError("--validation-fraction must be at least 0 and below 1")
        }
        guard loaderThreads > 0 else { throw ValidationError("--loader-threads must be at least 1") }
    }
}

/// The network that `crnn train` makes.
struct NetworkOptions: ParsableArguments {
    /// A form with a name.
    enum Preset: String, ExpressibleByArgument, CaseIterable {
        case compact, paper
    }

    @Option(help: "The network: compact has about 1 M parameters, paper (arXiv 1507.05717) 8.7 M.")
    var preset = Preset.compact

    @Option(help: ArgumentHelp("Height to which images are scaled, a multiple of 16.", valueName: "pixels"))
    var height = 32

    @Option(help: ArgumentHelp("Images are padded to a multiple of this width.", valueName: "pixels"))
    var widthStep = 32

    @Option(
        help: ArgumentHelp(
            "The symbols to learn, as one text; those of the labels unless given.", valueName: "text"))
    var alphabet: String?

    /// The form that the options name.
    var configuration: CRNNConfiguration {
        preset == .paper ? .paper(height: height) : .compact(height: height)
    }

    /// The given symbols; nil where the labels decide.
    func alphabetSymbols() throws -> Alphabet? { try alphabet.map { try Alphabet(characters: $0) } }

    func validateValues() throws {
        do { try configuration.validate() } catch { throw ValidationError("--height: \(error)") }
        guard (1...8192).contains(widthStep) else {
            throw ValidationError("--width-step must be from 1 to 8192")
        }
        do {
            try configuration.validate(Preprocessor(height: height, widthStep: widthStep))
        } catch {
            throw ValidationError("--width-step: \(error)")
        }
        do { _ = try alphabetSymbols() } catch { throw ValidationError("--alphabet: \(error)") }
    }
}

/// How `crnn train` goes about it.
struct CourseOptions: ParsableArguments {
    /// An update rule with a name.
    enum Method: String, ExpressibleByArgument, CaseIterable {
        case adam, adamw, adadelta, sgd
    }

    @Option(help: ArgumentHelp("Train until every sample was seen so many times.", valueName: "count"))
    var epochs: Int?

    @Option(
        help: ArgumentHelp("Train for so many steps (10000 unless --epochs is given).", valueName: "count"))
    var steps: Int?

    @Option(help: ArgumentHelp("Images of a step.", valueName: "count"))
    var batchSize = 32

    @Option(help: "The update rule.")
    var optimizer = Method.adam

    @Option(
        help: ArgumentHelp(
            "The highest learning rate; 0.001 for adam and adamw, 1 for adadelta, 0.01 for sgd unless given.",
            valueName: "rate"))
    var learningRate: Float?

    @Option(help: "What follows the warm-up: constant, or a cosine that falls to a hundredth.")
    var schedule = LearningRate.Decay.cosine

    @Option(help: ArgumentHelp("Steps over which the learning rate rises from zero.", valueName: "steps"))
    var warmup = 100

    @Option(help: ArgumentHelp("Weight decay; 0.01 for adamw, else 0 unless given.", valueName: "share"))
    var weightDecay: Float?

    @Option(
        help: ArgumentHelp("The greatest gradient norm; 0 leaves gradients as they are.", valueName: "norm"))
    var clip: Float = 5

    @Option(help: ArgumentHelp("Decides first weights, order and augmentation.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Steps between validations; once an epoch unless given.", valueName: "steps"))
    var validateEvery: Int?

    @Option(help: ArgumentHelp("Steps between checkpoints.", valueName: "steps"))
    var checkpointEvery = 500

    @Option(
        help: ArgumentHelp(
            "Stop after so many validations that were no better than the best.", valueName: "count"))
    var patience: Int?

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
        for case (let name, let value?) in [
            ("--learning-rate", learningRate), ("--weight-decay", weightDecay),
        ]
        where !(value >= 0 && value.isFinite) {
            throw ValidationError("\(name) must not be negative")
        }
        guard clip >= 0, warmup >= 0 else {
            throw ValidationError("--clip and --warmup must not be negative")
        }
    }

    func apply(to configuration: inout TrainingConfiguration) {
        configuration.limit = epochs.map { .epochs($0) } ?? .steps(steps ?? 10000)
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
        case .adam: .adam(weightDecay: weightDecay ?? 0)
        case .adamw: .adam(weightDecay: weightDecay ?? 0.01)
        case .adadelta: .adadelta(weightDecay: weightDecay ?? 0)
        case .sgd: .sgd(weightDecay: weightDecay ?? 0)
        }
    }

    private var peak: Float {
        if let learningRate { return learningRate }
        switch optimizer {
        case .adam, .adamw: return 1e-3
        case .adadelta: return 1
        case .sgd: return 1e-2
        }
    }
}

extension LearningRate.Decay: ExpressibleByArgument {}
