import Neural
import Recognition
import Tensors

/// A training on one batch, over and over.
struct BenchmarkTraining {
    private var model: CRNN
    private var optimizer = Optimizer(.adam())
    private let images: Tensor
    private let labels: [[Int]]
    private let blank: Int

    init(_ checkpoint: Checkpoint, _ input: BenchmarkInput) {
        model = checkpoint.model
        images = input.images
        let scores = model.outputShape(for: images.shape)
        labels = input.labels(frames: scores[1], classes: scores[2])
        blank = checkpoint.alphabet.blank
    }

    /// Forward, loss, backward, gradient norm, update.
    mutating func step() {
        let (scores, cache) = model.forward(images)
        _ = model.backward(loss(scores).gradient, consume cache)
        update(norm: model.gradientNorm())
    }

    /// The same with the time of each part.
    mutating func step(_ times: inout BenchmarkTimes) {
        pass(&times)
        let norm = times.others.time("gradient norm") { model.gradientNorm() }
        times.others.time("Adam") { update(norm: norm) }
    }

    /// The lines of `CRNN.forward` and `CRNN.backward`, layer by layer.
    private mutating func pass(_ times: inout BenchmarkTimes) {
        let (features, convolved) = model.convolutions.timedForward(
            images, LayerName.convolution, &times.forward)
        let (contexts, scanned) = model.recurrence.timedForward(
            model.sequence(of: features), LayerName.recurrence, &times.forward)
        let (scores, classified) = times.forward.time(LayerName.classifier) {
            model.classifier.forward(contexts)
        }
        let result = times.others.time("CTC") { loss(scores) }
        var gradient = times.backward.time(LayerName.classifier) {
            model.classifier.backward(result.gradient, classified)
        }
        gradient = model.recurrence.timedBackward(gradient, scanned, LayerName.recurrence, &times.backward)
        gradient = gradient.device.reshaped(gradient, to: features.shape)
        _ = model.convolutions.timedBackward(gradient, convolved, LayerName.convolution, &times.backward)
    }

    private func loss(_ scores: Tensor) -> CTCResult { ctcLoss(scores, labels: labels, blank: blank) }

    private mutating func update(norm: Float) {
        optimizer.step(&model, rate: 1e-4, gradientScale: clippingFactor(norm: norm, limit: 5))
    }
}
