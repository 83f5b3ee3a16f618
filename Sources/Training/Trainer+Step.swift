import Datasets
import Foundation
import Neural
import Recognition
import Tensors

extension Trainer {
    /// Learns from one batch; nil where none of its images could be decoded.
    mutating func learn(from batch: TrainingBatch) throws -> StepReport? {
        let start = ContinuousClock.now
        defer { state.position = batch.position }
        guard !batch.images.isEmpty else { return nil }
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
        let rate = configuration.learningRate.rate(step: state.step + 1, progress: progress)
        optimizer.step(
            &model, rate: rate,
            gradientScale: clippingFactor(norm: norm, limit: configuration.gradientLimit))
        state.step += 1
        state.optimizerCount = optimizer.count
        let answers = GreedyDecoder().classes(scores, blank: samples.alphabet.blank)
        state.stepsOfBlanks = answers.allSatisfy(\.isEmpty) ? state.stepsOfBlanks + 1 : 0
        state.seconds += (ContinuousClock.now - start) / .seconds(1)
        return StepReport(
            step: state.step, epoch: batch.epoch, progress: progress, loss: loss,
            accuracy: Double(zip(answers, batch.classes).count { $0 == $1 }) / Double(answers.count),
            rate: rate,
            gradientNorm: norm, images: batch.images.count, seconds: state.seconds)
    }

    private func divergence(_ quantity: String, _ batch: TrainingBatch, _ images: Tensor) -> TrainingError {
        .diverged(
            step: state.step + 1, quantity: quantity,
            place: model.firstNonFinitePart(reading: images) ?? "the loss itself",
            samples: batch.names.map(\.description))
    }

    /// Tells each sample that cannot be learnt from once; throws where none is left.
    mutating func tellExclusions(_ batch: TrainingBatch, _ report: (TrainingEvent) -> Void) throws {
        for sample in batch.exclusions where excluded.insert(sample.name).inserted {
            report(.excluded(sample))
        }
        unusable = batch.images.isEmpty ? unusable + batch.exclusions.count : 0
        guard unusable < data.epochs.count else {
            throw TrainingError.nothingToLearn(
                reason: "none of the \(data.epochs.count) samples can be used, as told above")
        }
    }

    /// Says in words when the network answers nothing at all for long.
    func warnOfBlanks(_ report: (TrainingEvent) -> Void) {
        guard state.stepsOfBlanks > 0, state.stepsOfBlanks % 1000 == 0 else { return }
        report(
            .warned(
                "every answer of the last \(state.stepsOfBlanks) steps was empty: the network says only “blank”. "
                    + "This is usual in the first few hundred steps. If it lasts, try a longer --warmup, another "
                    + "--learning-rate (a third, or three times as much), --no-augmentation, or a larger --height, "
                    + "and look at a few samples with crnn dataset inspect"))
    }
}
