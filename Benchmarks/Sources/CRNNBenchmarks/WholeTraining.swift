import CPU
import Datasets
import Files
import Foundation
import Imaging
import Recognition
import Tensors
import Training

/// Measures the training of the paper's network from an LMDB of PNG images, as `crnn train` does it, but without
/// checkpoints: the median time from the end of one step to the end of the next.
func measureWholeTraining(_ load: Load) throws {
    let folder = URL.temporaryDirectory.appending(path: "crnn-benchmark-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let set = folder.appending(path: "set").path(percentEncoded: false)
    try writeImages(to: set, load)

    let device = CPUDevice(threads: load.threads)
    var configuration = TrainingConfiguration(
        network: .paper(), trainingPaths: [set], threads: device.threads)
    configuration.widthStep = load.width
    configuration.batchSize = load.batch
    configuration.validationFraction = 0
    configuration.limit = .steps(1_000_000)
    configuration.checkpointInterval = 1_000_000
    let run = RunFolder(folder.appending(path: "run").path(percentEncoded: false))
    var trainer = try Trainer(configuration, alphabet: .alphanumeric, run: run, on: device)

    let start = ContinuousClock.now
    var last: ContinuousClock.Instant?
    var steps: [Double] = []
    _ = try trainer.train(
        shouldStop: { steps.count >= 4 && ContinuousClock.now - start > .seconds(load.seconds) }
    ) { event in
        guard case .stepped(let step) = event, step.images == load.batch else { return }
        let now = ContinuousClock.now
        if let last { steps.append((now - last) / .milliseconds(1)) }
        last = now
    }
    let median = steps.dropFirst().sorted()[(steps.count - 1) / 2]
    print(
        "training from LMDB, batch \(load.batch), 32×\(load.width), \(device.name), \(device.threads) threads:"
    )
    print("  step: \(rounded(median)) ms")
    print("  \(rounded(Double(load.batch) / median * 1000)) images/s")
}

/// Writes noisy stripes for four batches, with the exact size of the load.
private func writeImages(to set: String, _ load: Load) throws {
    var generator = SeededGenerator(seed: 1)
    var writer = try DatasetWriter(set)
    for sample in 0..<4 * load.batch {
        let pixels = (0..<32 * load.width).map { index in
            UInt8((index % load.width / 3 + sample) % 4 * 60) &+ UInt8.random(in: 0..<16, using: &generator)
        }
        let image = Image(width: load.width, height: 32, pixels: pixels)
        try writer.append(image: image.encodedPNG(), label: String("a1b2c3d4".shuffled(using: &generator)))
    }
    try writer.finish()
}
