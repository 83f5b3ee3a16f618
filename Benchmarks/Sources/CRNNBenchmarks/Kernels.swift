import CPU
import Tensors

/// Adam over the paper's 8 million parameters: memory traffic per second.
func measureOptimizer(_ load: Load) {
    let device = CPUDevice(threads: load.threads), shape: Shape = [8_300_000]
    var weights = Tensor(repeating: 1, shape: shape, on: device)
    let zeros = Tensor(repeating: 0, shape: shape, on: device)
    var moments = Moments(first: zeros, second: zeros)
    let gradient = Tensor(repeating: 0.5, shape: shape, on: device)
    var watch = Stopwatch(), count = 0
    load.repeatedly {
        count += 1
        watch.time("Adam") {
            device.adam(&weights, &moments, gradient: gradient, AdamStep(rate: 1e-3, count: count))
        }
        _ = watch.time("squared norm") { device.squaredNorm(gradient) }
    }
    print(watch.report)
    print("  Adam moves \(rounded(Double(shape.count * 7 * 4) / watch.median("Adam") / 1e6)) GB/s")
}

/// The CTC loss of a batch of words and of a batch of lines.
func measureCTC(_ load: Load) {
    let device = CPUDevice(threads: load.threads)
    var watch = Stopwatch()
    let words = Tensor(repeating: 0.5, shape: [64, 26, 37], on: device)
    let lines = Tensor(repeating: 0.5, shape: [64, 200, 100], on: device)
    let word = (0..<8).map { 1 + $0 * 3 % 36 }, line = (0..<80).map { 1 + $0 * 7 % 99 }
    load.repeatedly {
        for (name, scores, label) in [
            ("words: 26 × 37, 8 symbols", words, word),
            ("lines: 200 × 100, 80 symbols", lines, line),
        ] {
            _ = watch.time("CTC of 64 \(name)") {
                device.ctcLoss(
                    scores, labels: [[Int]](repeating: label, count: 64), blank: 0, divisor: 64)
            }
        }
    }
    print(watch.report)
}

/// The overhead of a kernel call: a ReLU of eight numbers, a thousand times.
func measureOverhead(_ load: Load) {
    let device = CPUDevice(threads: load.threads)
    let input = Tensor(repeating: 1, shape: [8], on: device)
    var watch = Stopwatch()
    load.repeatedly {
        watch.time("1000 calls") { for _ in 0..<1000 { _ = device.activation(input, .relu) } }
    }
    print(watch.report)
}
