import Datasets
import Evaluation
import Foundation
public import Recognition

extension Trainer {
    /// Validates if it is time to, and writes the weights if they are the best so far. Returns whether it validated; if
    /// it is stopped, the validation remains due.
    mutating func validateIfDue(
        _ log: MetricsLog, shouldStop: () -> Bool, _ report: (TrainingEvent) -> Void
    ) throws -> Bool {
        guard state.isValidationPending ?? false || isValidationDue else { return false }
        state.isValidationPending = true
        state.lastValidatedEpoch = state.position.epoch
        guard !data.validation.isEmpty else {
            try checkpoint.recording(data.records).write(to: run.best)
            state.isValidationPending = nil
            return true
        }
        guard let evaluation = try evaluateHeldOut(shouldStop, report) else { return false }
        let validation = note(evaluation)
        if validation.isBest { try checkpoint.recording(data.records).write(to: run.best) }
        try log.append("validation", validation)
        report(.validated(validation))
        return true
    }

    /// Compares a validation with the best so far.
    private mutating func note(_ evaluation: EvaluationReport) -> ValidationReport {
        let scores = evaluation.scores.rates
        let isBest = state.best.map { scores.isBetter(than: $0.scores) } ?? true
        state.validationsSinceBest = isBest ? 0 : state.validationsSinceBest + 1
        if isBest { state.best = BestValidation(step: state.step, scores: scores) }
        state.isValidationPending = nil
        return ValidationReport(
            step: state.step, scores: scores, samples: evaluation.scores.samples,
            unreadable: evaluation.scores.unreadable, isBest: isBest,
            imagesPerSecond: evaluation.imagesPerSecond, seconds: state.seconds)
    }

    /// Reads the held-out samples; nil if it is stopped. The first validation names samples that cannot be decoded.
    private func evaluateHeldOut(
        _ shouldStop: () -> Bool, _ report: (TrainingEvent) -> Void
    ) throws -> EvaluationReport? {
        let evaluator = Evaluator(of: checkpoint.recognizer, workers: configuration.loaderThreads)
        var sum = EvaluationReport(), named = state.best == nil ? 0 : Self.namedProblems
        do {
            for set in data.validation {
                sum += try evaluator.report(on: set) { sample in
                    if shouldStop() { throw Stopped() }
                    guard named < Self.namedProblems, let problem = sample.problem else { return }
                    named += 1
                    report(.warned("validation: \(problem); it counts as wrong"))
                }
            }
        } catch is Stopped {
            return nil
        }
        return sum
    }

    private struct Stopped: Error {}

    /// The greatest number of samples that the first validation names.
    private static var namedProblems: Int { 5 }

    /// What is known about the held-out labels before the training.
    var validationWarnings: [String] {
        var unknown = UnknownSymbols()
        for set in data.validation {
            for index in 0..<set.count {
                if let label = try? set.label(index) { unknown.add(label: label, alphabet: samples.alphabet) }
            }
        }
        return unknown.warning(about: "validation labels", of: data.validationCount).map { [$0] } ?? []
    }

    private var isValidationDue: Bool {
        if isFinished { return true }
        if let interval = configuration.validationInterval { return state.step % interval == 0 }
        return state.position.epoch > state.lastValidatedEpoch
    }

    /// The model with its present weights, without the state of the training.
    public var checkpoint: Checkpoint {
        Checkpoint(model: model, alphabet: samples.alphabet, preprocessor: samples.preprocessor)
    }

    /// The model with the weights of the best validation so far. Without validations, it has those of the last checkpoint
    /// that an epoch or the end of the training wrote.
    ///
    /// - Throws: `CheckpointError` if there is none yet, or it cannot be read.
    public func bestCheckpoint() throws -> Checkpoint { try Checkpoint(reading: run.best, on: device) }

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
        (exact ?? 0, -(cer ?? 0)) > (other.exact ?? 0, -(other.cer ?? 0))
    }
}
