import Files
import Foundation
import Neural
import Recognition
import Tensors

/// The state of a training after a step. With the weights, it is all that an exact resumption needs.
struct TrainingState: Sendable, Codable {
    var configuration: TrainingConfiguration
    /// The number of samples of the data sets, including those held out.
    let samples: Int
    var step = 0
    var position = BatchPlanner.Position()
    var optimizerCount = 0
    var best: BestValidation?
    var validationsSinceBest = 0
    var lastValidatedEpoch = 0
    /// Whether the validation after this step was stopped, and is to be repeated.
    var isValidationPending: Bool?
    var stepsOfBlanks = 0
    /// The duration of the training so far. It is not stored here but in the metrics, so that equal trainings give equal
    /// checkpoints.
    var seconds = 0.0

    private enum CodingKeys: String, CodingKey {
        case configuration, samples, step, position, optimizerCount, best, validationsSinceBest
        case lastValidatedEpoch, isValidationPending, stepsOfBlanks
    }

    init(_ configuration: TrainingConfiguration, samples: Int) {
        self.configuration = configuration
        self.samples = samples
    }

    /// No training takes as many steps.
    static let countLimit = 1 << 48

    /// All numbers that a training increases.
    var counts: [Int] {
        [samples, step, optimizerCount, validationsSinceBest, lastValidatedEpoch, stepsOfBlanks]
    }

    /// Changes the end of the training; throws if it is done with more already.
    mutating func extend(to limit: TrainingConfiguration.Limit, _ run: RunFolder) throws(TrainingError) {
        let (wanted, done, unit) =
            switch limit {
            case .epochs(let epochs): (epochs, position.epoch, "epoch")
            case .steps(let steps): (steps, step, "step")
            }
        guard wanted > done else {
            throw .unusableRun(
                path: run.path, reason: "has done \(done) \(unit)s; give more than that to train it longer")
        }
        configuration.limit = limit
        validationsSinceBest = 0
    }
}

extension Checkpoint {
    private static let stateKey = "training"
    private static let firstPrefix = "optimizer.first."
    private static let secondPrefix = "optimizer.second."
    private static let maximumPrefix = "optimizer.maximum."
    private static let velocityPrefix = "optimizer.velocity."

    /// Creates a checkpoint from which a training can be resumed.
    init(
        model: CRNN, alphabet: Alphabet, preprocessor: Preprocessor, _ optimizer: Optimizer,
        _ state: TrainingState
    ) throws {
        var extraTensors: [String: Tensor] = [:]
        for (name, moments) in optimizer.moments {
            extraTensors[Self.firstPrefix + name] = moments.first
            extraTensors[Self.secondPrefix + name] = moments.second
            extraTensors[Self.maximumPrefix + name] = moments.maximum
        }
        for (name, velocity) in optimizer.velocities { extraTensors[Self.velocityPrefix + name] = velocity }
        self.init(
            model: model, alphabet: alphabet, preprocessor: preprocessor,
            notes: [Self.stateKey: try JSONText.encoder().encodedText(state)],
            extraTensors: extraTensors)
    }

    /// The state and the optimizer of a training; throws if the checkpoint contains none that fit its model.
    func training(at path: String) throws -> (TrainingState, Optimizer) {
        guard let text = notes[Self.stateKey],
            let state = try? JSONDecoder().decode(TrainingState.self, from: Data(text.utf8))
        else {
            throw CheckpointError(
                path: path,
                reason:
                    "contains a model, but not the state that a resumption needs; give a run's last.safetensors"
            )
        }
        try state.configuration.validate()
        guard state.counts.allSatisfy((0...TrainingState.countLimit).contains) else {
            throw CheckpointError(path: path, reason: "has a state of training with impossible numbers")
        }
        var moments: [String: Moments] = [:]
        for (name, first) in extraTensors where name.hasPrefix(Self.firstPrefix) {
            let parameter = String(name.dropFirst(Self.firstPrefix.count))
            guard let second = extraTensors[Self.secondPrefix + parameter] else {
                throw CheckpointError(
                    path: path, reason: "lacks the optimizer's second moment of \(parameter)")
            }
            moments[parameter] = Moments(
                first: first, second: second, maximum: extraTensors[Self.maximumPrefix + parameter])
        }
        var velocities: [String: Tensor] = [:]
        for (name, velocity) in extraTensors where name.hasPrefix(Self.velocityPrefix) {
            velocities[String(name.dropFirst(Self.velocityPrefix.count))] = velocity
        }
        let optimizer = Optimizer(
            state.configuration.optimizer, count: state.optimizerCount, moments: moments,
            velocities: velocities)
        try check(optimizer, at: path)
        return (state, optimizer)
    }

    /// Throws if an optimizer that has taken steps lacks the moments of a parameter, or has them in another shape.
    private func check(_ optimizer: Optimizer, at path: String) throws(CheckpointError) {
        var comparison = MomentComparison(optimizer)
        var visited = model
        visited.visitParameters(&comparison)
        if let name = comparison.misfit {
            throw CheckpointError(
                path: path, reason: "lacks the optimizer's moments of \(name), or their shape is wrong")
        }
    }
}

/// Finds the first parameter without moments of its shape.
private struct MomentComparison: ParameterVisitor {
    var path: [String] = []
    var misfit: String?
    private let shapes: [String: [Shape]]
    private let isBegun: Bool

    init(_ optimizer: Optimizer) {
        isBegun = optimizer.count > 0
        if case .sgd = optimizer.method {
            shapes = optimizer.velocities.mapValues { [$0.shape] }
        } else {
            shapes = optimizer.moments.mapValues { moments in
                [moments.first, moments.second, moments.maximum].compactMap { $0?.shape }
            }
        }
    }

    mutating func visit(_ parameter: inout Parameter) {
        let fits = shapes[name].map { $0.allSatisfy { $0 == parameter.value.shape } } ?? !isBegun
        if !fits { misfit = misfit ?? name }
    }
}
