import Evaluation
import Foundation
import Recognition

extension Trainer {
    /// Validates if it is time to, and writes the weights if they are the best so far. Returns whether it validated.
    mutating func validateIfDue(_ log: MetricsLog, _ report: (TrainingEvent) -> Void) throws -> Bool {
        guard isValidationDue else { return false }
        state.lastValidatedEpoch = state.position.epoch
        guard !data.validation.isEmpty else {
            try checkpoint.recording(data.records).write(to: run.best)
            return true
        }
        let evaluation = evaluateHeldOut()
        let scores = evaluation.scores.rates
        let isBest = state.best.map { scores.isBetter(than: $0.scores) } ?? true
        let validation = ValidationReport(
            step: state.step, scores: scores, isBest: isBest, imagesPerSecond: evaluation.imagesPerSecond,
            seconds: state.seconds)
        state.validationsSinceBest = isBest ? 0 : state.validationsSinceBest + 1
        if isBest {
            state.best = validation
            try checkpoint.recording(data.records).write(to: run.best)
        }
        try log.append("validation", validation)
        report(.validated(validation))
        return true
    }

    private func evaluateHeldOut() -> EvaluationReport {
        let evaluator = Evaluator(of: checkpoint.recognizer, workers: configuration.loaderThreads)
        return data.validation.reduce(into: EvaluationReport()) { $0 += evaluator.report(on: $1) { _ in } }
    }

    private var isValidationDue: Bool {
        if isFinished { return true }
        if let interval = configuration.validationInterval { return state.step % interval == 0 }
        return state.position.epoch > state.lastValidatedEpoch
    }

    /// The model for reading, without the state of the training.
    private var checkpoint: Checkpoint {
        Checkpoint(model: model, alphabet: samples.alphabet, preprocessor: samples.preprocessor)
    }

    /// Writes `last.safetensors`.
    func save() throws {
        try Checkpoint(
            model: model, alphabet: samples.alphabet, preprocessor: samples.preprocessor, optimizer, state
        ).recording(data.records).write(to: run.last)
    }
}

extension Scores.Rates {
    /// Whether more texts are exact or, if as many are, fewer characters are wrong.
    fileprivate func isBetter(than other: Scores.Rates) -> Bool {
        (exact, -cer) > (other.exact, -other.cer)
    }
}
