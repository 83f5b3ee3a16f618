import Neural
import Recognition
import Tensors

/// The measured times of a load: of the network, and of its parts measured one by one.
struct BenchmarkTimes {
    /// The times of the network, named ``whole``.
    var whole = Stopwatch()
    /// The forward times of the layers, by name; empty if layers are not measured.
    var forward = Stopwatch()
    /// The backward times of the layers, like ``forward``.
    var backward = Stopwatch()
    /// The times of the other parts of a training step.
    var others = Stopwatch()
    /// The peak memory of the process during the measurement of ``whole``, in MiB.
    var peakMebibytes: Int?

    static let whole = "whole"
}

/// Measures inference, until the scores are on the host.
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

/// Measures training steps with Adam, like `crnn train` without data loading.
func trainingTimes(
    _ checkpoint: Checkpoint, _ input: BenchmarkInput, _ options: BenchmarkOptions
) -> BenchmarkTimes {
    var times = BenchmarkTimes()
    var training = BenchmarkTraining(checkpoint, input)
    repeatedly(seconds: options.seconds) {
        times.whole.time(BenchmarkTimes.whole) { training.step() }
    }
    times.peakMebibytes = MemoryPeak.mebibytes
    guard options.layers else { return times }
    repeatedly(seconds: options.seconds) { training.step(&times) }
    return times
}

extension CRNN {
    /// Inference with the time of each layer, until the scores are on the host.
    fileprivate func read(_ images: Tensor, _ watch: inout Stopwatch) {
        _ = layers.reduce(images) { values, layer in
            watch.time(layer.name) {
                let output = output(of: layer, values)
                if layer == .classifier { _ = output.scalars }
                return output
            }
        }
    }
}
