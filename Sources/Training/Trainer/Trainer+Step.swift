import Datasets
import Foundation
import Neural
import Recognition
import Tensors

extension Trainer {
    /// Trains on one batch; nil if none of its samples can be trained on.
    mutating func step(on batch: TrainingBatch) throws -> StepReport? {
        let start = ContinuousClock.now
        defer { state.position = batch.position }
        guard !batch.samples.isEmpty else { return nil }
        let pass = try gradients(of: batch)
        let rate = update(norm: pass.norm)
        return report(on: batch, pass, rate: rate, since: start)
    }

    /// The results of a forward and a backward pass, apart from the gradients, which are in the parameters.
    private struct Pass {
        /// `[batch × frames × classes]`.
        let scores: Tensor
        /// The mean loss.
        let loss: Float
        /// The norm of the gradient.
        let norm: Float
    }

    /// Computes loss and gradients; throws if they are not finite.
    private mutating func gradients(of batch: TrainingBatch) throws -> Pass {
        let images = samples.preprocessor.tensor(batch.images, on: device)
        let (scores, cache) = model.forward(images)
        let result = ctcLoss(
            scores, labels: batch.classes, blank: samples.alphabet.blank,
            divisor: Float(configuration.batchSize))
        let loss = result.losses.reduce(0, +) / Float(result.losses.count)
        guard loss.isFinite else { throw divergence("loss", batch, images) }
        _ = model.backward(result.gradient, consume cache)
        let norm = model.gradientNorm()
        guard norm.isFinite else { throw divergence("gradient", batch, images) }
        return Pass(scores: scores, loss: loss, norm: norm)
    }

    /// Updates the parameters by their gradients of the given norm, and returns the learning rate.
    private mutating func update(norm: Float) -> Float {
        let rate = configuration.learningRate.rate(step: state.step + 1, progress: progress)
        optimizer.step(
            &model, rate: rate,
            gradientScale: clippingFactor(norm: norm, limit: configuration.gradientLimit))
        state.step += 1
        state.optimizerCount = optimizer.count
        return rate
    }

    /// Compares the greedy answers with the labels.
    private mutating func report(
        on batch: TrainingBatch, _ pass: Pass, rate: Float, since start: ContinuousClock.Instant
    ) -> StepReport {
        let answers = GreedyDecoder().classes(pass.scores, blank: samples.alphabet.blank)
        state.stepsOfBlanks = answers.allSatisfy(\.isEmpty) ? state.stepsOfBlanks + 1 : 0
        state.seconds += (ContinuousClock.now - start) / .seconds(1)
        return StepReport(
            step: state.step, epoch: batch.epoch, progress: progress, loss: pass.loss,
            accuracy: Double(zip(answers, batch.classes).count { $0 == $1 }) / Double(answers.count),
            rate: rate,
            gradientNorm: pass.norm, images: batch.samples.count, seconds: state.seconds)
    }

    private func divergence(_ quantity: String, _ batch: TrainingBatch, _ images: Tensor) -> TrainingError {
        .diverged(
            step: state.step + 1, quantity: quantity,
            place: model.firstNonFinitePart(reading: images) ?? "the loss itself",
            samples: batch.samples.map(\.name.description))
    }

    /// Reports each excluded sample once; throws if no sample can be trained on.
    mutating func reportExclusions(
        _ batch: TrainingBatch, _ report: (TrainingEvent) -> Void
    ) throws {
        for sample in batch.exclusions where excluded.insert(sample.name).inserted {
            report(.excluded(sample))
        }
        unusable = batch.samples.isEmpty ? unusable + batch.exclusions.count : 0
        guard unusable < data.samplesPerEpoch else {
            throw TrainingError.nothingToLearn(
                reason: "none of the \(data.samplesPerEpoch) samples can be used. The last one is "
                    + (batch.exclusions.last?.description ?? "unknown"))
        }
    }

    /// Warns if the network has answered nothing for many steps.
    func warnOfBlanks(_ report: (TrainingEvent) -> Void) {
        guard state.stepsOfBlanks > 0, state.stepsOfBlanks % 1000 == 0 else { return }
        report(
            .warned(
                "every answer of the last \(state.stepsOfBlanks) steps was empty: the network outputs only blanks. "
                    + "Try a longer warm-up, another learning rate (a third or three times the present one), no "
                    + "augmentation or a greater height, and look at some samples"
            ))
    }
}
