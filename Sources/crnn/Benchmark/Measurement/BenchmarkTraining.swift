import Neural
import Recognition
import Tensors

/// Repeated training steps on one batch.
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
        labels = input.labels(frames: scores[1], classCount: scores[2])
        blank = checkpoint.alphabet.blank
    }

    /// One step: forward pass, loss, backward pass, gradient norm, update.
    mutating func step() {
        let (scores, cache) = model.forward(images)
        _ = model.backward(loss(scores).gradient, consume cache)
        update(norm: model.gradientNorm())
    }

    /// One step, with the time of each part.
    mutating func step(_ times: inout BenchmarkTimes) {
        pass(&times)
        let norm = times.others.time("gradient norm") { model.gradientNorm() }
        times.others.time("Adam") { update(norm: norm) }
    }

    /// The forward and the backward pass, with the time of each layer.
    private mutating func pass(_ times: inout BenchmarkTimes) {
        var (values, caches) = (images, [CRNN.LayerCache]())
        for layer in model.layers {
            let (output, cache) = times.forward.time(layer.name) { model.forward(values, through: layer) }
            values = output
            caches.append(cache)
        }
        var gradient = times.others.time("CTC") { loss(values) }.gradient
        while let cache = caches.popLast() {
            gradient = times.backward.time(cache.layer.name) { model.backward(gradient, through: cache) }
        }
    }

    private func loss(_ scores: Tensor) -> CTCResult { ctcLoss(scores, labels: labels, blank: blank) }

    private mutating func update(norm: Float) {
        optimizer.step(&model, rate: 1e-4, gradientScale: clippingFactor(norm: norm, limit: 5))
    }
}
