import Foundation
import Neural
import Recognition
import Tensors

/// Where a training stands after a step: with the checkpoint's weights, all that going on exactly needs.
struct TrainingState: Sendable, Codable {
    let configuration: TrainingConfiguration
    var step = 0
    var position = BatchPlanner.Position()
    var optimizerCount = 0
    var best: ValidationReport?
    var validationsSinceBest = 0
    var lastValidatedEpoch = 0
    var stepsOfBlanks = 0
    var seconds = 0.0

    init(_ configuration: TrainingConfiguration) { self.configuration = configuration }
}

extension Checkpoint {
    private static let stateKey = "training"
    private static let firstPrefix = "optimizer.first."
    private static let secondPrefix = "optimizer.second."
    private static let velocityPrefix = "optimizer.velocity."

    /// A checkpoint from which a training can go on.
    init(
        model: CRNN, alphabet: Alphabet, preprocessor: Preprocessor, _ optimizer: Optimizer,
        _ state: TrainingState
    ) throws {
        var companions: [String: Tensor] = [:]
        for (name, moments) in optimizer.moments {
            companions[Self.firstPrefix + name] = moments.first
            companions[Self.secondPrefix + name] = moments.second
        }
        for (name, velocity) in optimizer.velocities { companions[Self.velocityPrefix + name] = velocity }
        self.init(
            model: model, alphabet: alphabet, preprocessor: preprocessor,
            notes: [Self.stateKey: try JSONText.encoder().encodedText(state)],
            companions: companions)
    }

    /// The training's state and optimizer; throws where the checkpoint holds none.
    func training(at path: String) throws -> (TrainingState, Optimizer) {
        guard let text = notes[Self.stateKey],
            let state = try? JSONDecoder().decode(TrainingState.self, from: Data(text.utf8))
        else {
            throw CheckpointError(path: path, reason: "holds a model, but not what resuming needs")
        }
        var moments: [String: Moments] = [:]
        for (name, first) in companions where name.hasPrefix(Self.firstPrefix) {
            let parameter = String(name.dropFirst(Self.firstPrefix.count))
            guard let second = companions[Self.secondPrefix + parameter] else {
                throw CheckpointError(
                    path: path, reason: "lacks the optimizer's second moment of \(parameter)")
            }
            moments[parameter] = Moments(first: first, second: second)
        }
        var velocities: [String: Tensor] = [:]
        for (name, velocity) in companions where name.hasPrefix(Self.velocityPrefix) {
            velocities[String(name.dropFirst(Self.velocityPrefix.count))] = velocity
        }
        let optimizer = Optimizer(
            state.configuration.optimizer, count: state.optimizerCount, moments: moments,
            velocities: velocities)
        return (state, optimizer)
    }
}
