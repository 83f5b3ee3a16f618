import Neural
import Recognition
import Tensors

/// How long a load took: the whole, and its parts one by one.
struct BenchmarkTimes {
    /// Laps named ``whole``.
    var whole = Stopwatch()
    /// Laps named as the layers; none where they were not asked for.
    var forward = Stopwatch()
    /// As ``forward``.
    var backward = Stopwatch()
    /// What training does beside the layers.
    var others = Stopwatch()
    /// The most memory that the process had until ``whole`` was measured, in MiB.
    var peakMebibytes: Int?

    static let whole = "whole"
}

/// Reads images as a recogniser does, until the scores are on the host.
func inferenceTimes(
    _ recognizer: Recognizer, _ input: BenchmarkInput, _ options: BenchmarkOptions
) -> BenchmarkTimes {
    var times = BenchmarkTimes()
    let model = recognizer.model
    repeatedly(seconds: options.seconds) {
        _ = times.whole.time(BenchmarkTimes.whole) { model(input.images).scalars }
    }
    guard options.layers else { return times }
    repeatedly(seconds: options.seconds) { model.read(input.images, &times.forward) }
    return times
}

/// Trains with Adam, as `crnn train` does but for the loader.
func trainingTimes(
    _ checkpoint: Checkpoint, _ input: BenchmarkInput, _ options: BenchmarkOptions
) -> BenchmarkTimes {
    var times = BenchmarkTimes()
    var course = BenchmarkTraining(checkpoint, input)
    repeatedly(seconds: options.seconds) {
        times.whole.time(BenchmarkTimes.whole) { course.step() }
    }
    times.peakMebibytes = MemoryPeak.mebibytes
    guard options.layers else { return times }
    repeatedly(seconds: options.seconds) { course.step(&times) }
    return times
}

/// How layers are called, with their number from 1 where there are several.
enum LayerName {
    static let convolution = "convolution"
    static let recurrence = "LSTM"
    static let classifier = "classifier"

    static func numbered(_ name: String, _ index: Int) -> String { "\(name) \(index + 1)" }
}

extension CRNN {
    /// Inference with each layer's time.
    fileprivate func read(_ images: Tensor, _ watch: inout Stopwatch) {
        let features = convolutions.timed(images, LayerName.convolution, &watch)
        let contexts = recurrence.timed(sequence(of: features), LayerName.recurrence, &watch)
        _ = watch.time(LayerName.classifier) { classifier(contexts).scalars }
    }

    /// `[batch × 1 × frames × channels]` as `[batch × frames × channels]`.
    func sequence(of features: Tensor) -> Tensor {
        let shape = features.shape
        return features.device.reshaped(features, to: [shape[0], shape[2], shape[3]])
    }
}

extension Array where Element: Layer {
    /// Inference with each layer's time.
    fileprivate func timed(_ input: Tensor, _ name: String, _ watch: inout Stopwatch) -> Tensor {
        indices.reduce(input) { values, index in
            watch.time(LayerName.numbered(name, index)) { self[index](values) }
        }
    }

    /// The pass in training, with each layer's time.
    mutating func timedForward(
        _ input: Tensor, _ name: String, _ watch: inout Stopwatch
    ) -> (output: Tensor, cache: [Element.Cache]) {
        var (output, caches) = (input, [Element.Cache]())
        for index in indices {
            let (next, cache) = watch.time(LayerName.numbered(name, index)) { self[index].forward(output) }
            caches.append(cache)
            output = next
        }
        return (output, caches)
    }

    /// The pass back, with each layer's time.
    mutating func timedBackward(
        _ outputGradient: Tensor, _ cache: consuming [Element.Cache], _ name: String,
        _ watch: inout Stopwatch
    ) -> Tensor {
        var (gradient, caches) = (outputGradient, cache)
        for index in indices.reversed() {
            let cache = caches.removeLast()
            gradient = watch.time(LayerName.numbered(name, index)) { self[index].backward(gradient, cache) }
        }
        return gradient
    }
}
