import Neural
import OneDNN
import Recognition
import Tensors

/// Form and amount of what a measurement feeds to the paper's network.
struct Load {
    var batch = 64
    var width = 100
    var seconds = 15.0
    var threads: Int?

    /// Images of smooth stripes.
    func images(on device: any Device) -> Tensor {
        let shape: Shape = [batch, 32, width, 1]
        let scalars = (0..<shape.count).map { Float(($0 &* 2_654_435_761) % 1021) / 510 - 1 }
        return Tensor(scalars, shape: shape, on: device)
    }

    /// Labels of eight symbols each, with repeats.
    var labels: [[Int]] {
        (0..<batch).map { sample in (0..<8).map { 1 + (sample * 7 + $0 * $0) % 36 } }
    }

    func network(on device: any Device) throws -> CRNN {
        var generator = SeededGenerator(seed: 1)
        return try CRNN(.paper(), classes: 37, on: device, using: &generator)
    }

    /// Repeats `work` for the load's seconds, at least four times.
    func repeatedly(_ work: () -> Void) {
        let start = ContinuousClock.now
        var count = 0
        while count < 4 || ContinuousClock.now - start < .seconds(seconds) {
            work()
            count += 1
        }
    }
}

/// Trains the paper's network with Adam: images per second, and where the time goes.
func measureTraining(_ load: Load) throws {
    let device = OneDNNDevice(threads: load.threads)
    var model = try load.network(on: device)
    var optimizer = Optimizer(.adam())
    var steps = Stopwatch(), part = Stopwatch()
    let images = load.images(on: device), labels = load.labels
    load.repeatedly {
        steps.time("step") {
            let (scores, cache) = part.time("forward") { model.forward(images) }
            let result = part.time("CTC") { ctcLoss(scores, labels: labels, blank: 0) }
            _ = part.time("backward") { model.backward(result.gradient, cache) }
            let norm = part.time("gradient norm") { model.gradientNorm() }
            part.time("optimizer") {
                optimizer.step(
                    &model, rate: 1e-4, gradientScale: clippingFactor(norm: norm, limit: 5))
            }
        }
    }
    report("training", load, device, steps)
    print(part.report)
}

/// Reads batches with the paper's network: images per second.
func measureInference(_ load: Load) throws {
    let device = OneDNNDevice(threads: load.threads)
    let model = try load.network(on: device)
    var watch = Stopwatch()
    let images = load.images(on: device)
    load.repeatedly { _ = watch.time("step") { model(images).scalars } }
    report("inference", load, device, watch)
}

private func report(_ work: String, _ load: Load, _ device: OneDNNDevice, _ watch: Stopwatch) {
    let rate = Double(load.batch) / watch.median("step") * 1000
    print("\(work), batch \(load.batch), 32×\(load.width), \(device.name), \(device.threads) threads:")
    print(watch.report)
    print("  \(rounded(rate)) images/s")
}
