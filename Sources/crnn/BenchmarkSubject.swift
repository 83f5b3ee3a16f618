import CPU
import Files
import Foundation
import Neural
import Recognition
import Tensors

/// The network that `crnn benchmark` measures.
///
/// Each load gets a device and weights of its own, so that its memory can be told.
struct BenchmarkSubject {
    let options: BenchmarkOptions
    let network: BenchmarkNetwork

    /// Throws where the model cannot be read, or does not suit a load.
    init(_ options: BenchmarkOptions) throws {
        let checkpoint = try options.checkpoint(on: options.device)
        for load in options.loads {
            try load.check(checkpoint.model.configuration)
            guard load.phase == .inference || !checkpoint.isQuantized else {
                throw CommandError(
                    "\(options.model ?? "the model") is quantised and cannot be trained; give --phase inference"
                )
            }
        }
        self.options = options
        network = BenchmarkNetwork(
            checkpoint, widths: options.width, isPaper: options.model == nil)
    }

    /// The figures of one load.
    func measure(_ load: BenchmarkLoad, against peak: BenchmarkPeak) throws -> BenchmarkResult {
        let device = options.device
        let input = BenchmarkInput(load, height: network.height, on: device)
        let checkpoint = try options.checkpoint(on: device, calibratedBy: input)
        MemoryPeak.reset()
        let times =
            switch load.phase {
            case .inference: inferenceTimes(checkpoint.recognizer, input, options)
            case .training: trainingTimes(checkpoint, input, options)
            }
        return BenchmarkResult(
            load, times, checkpoint.model, precision: options.precision.resolved, threads: device.threads,
            peak: peak[options.precision])
    }

    /// Writes network, eight images of the first width, and their scores as a checkpoint.
    func record(to path: String) throws {
        let device = options.device
        var checkpoint = try options.checkpoint(on: device)
        let load = BenchmarkLoad(phase: .inference, batch: 8, width: options.width[0])
        let images = BenchmarkInput(load, height: network.height, on: device).images
        checkpoint.companions = ["images": images, "scores": checkpoint.recognizer.model(images)]
        try checkpoint.write(to: path)
    }
}

extension BenchmarkOptions {
    /// A device as the options name it.
    var device: CPUDevice {
        CPUDevice(threads: threads, precision: precision.precision, measuresAlgorithms: !deterministic)
    }

    /// The network that is measured; in whole numbers, quantised by what it sees in the input.
    func checkpoint(on device: any Device, calibratedBy input: BenchmarkInput) throws -> Checkpoint {
        let checkpoint = try checkpoint(on: device)
        guard precision == .int8, !checkpoint.isQuantized else { return checkpoint }
        var calibration = Calibration(of: checkpoint.model)
        calibration.observe(input.images)
        return checkpoint.quantized(by: calibration)
    }

    /// The network of `--model`, or the paper's with weights drawn from a fixed seed.
    func checkpoint(on device: any Device) throws -> Checkpoint {
        if let model { return try crnn.checkpoint(model, on: device) }
        var generator = SeededGenerator(seed: 1)
        let (network, alphabet) = (CRNNConfiguration.paper(), Alphabet.alphanumeric)
        return Checkpoint(
            model: try CRNN(network, classes: alphabet.classes, on: device, using: &generator),
            alphabet: alphabet,
            preprocessor: Preprocessor(height: network.height, widthStep: 4))
    }
}

extension BenchmarkLoad {
    /// Throws where images are too narrow for a frame, or surely too many for the machine's memory.
    fileprivate func check(_ network: CRNNConfiguration) throws(CommandError) {
        guard network.frames(forWidth: width) > 0 else {
            throw CommandError(
                "--width \(width): an image so narrow has no frame; give \(2 * network.frameWidth) or more")
        }
        // The first layer's output is the largest; training keeps it and others, and makes their gradients.
        let first = batch * network.height * width * network.convolutions[0].channels * 4
        let (needed, memory) = (first * (phase == .training ? 6 : 2), ProcessInfo.processInfo.physicalMemory)
        guard needed < memory else {
            throw CommandError(
                "--batch \(batch) --width \(width): \(phase) would take more than \(needed >> 30) GiB of memory, "
                    + "and the machine has \(memory >> 30); give less")
        }
    }
}

/// What is fed to the network.
struct BenchmarkInput {
    /// Smooth stripes, `[batch × height × width × 1]`.
    let images: Tensor

    init(_ load: BenchmarkLoad, height: Int, on device: any Device) {
        let shape: Shape = [load.batch, height, load.width, 1]
        let scalars = (0..<shape.count).map { Float(($0 &* 2_654_435_761) % 1021) / 510 - 1 }
        images = Tensor(scalars, shape: shape, on: device)
    }

    /// Labels of up to eight symbols, with repeats, that fit into half of the frames.
    func labels(frames: Int, classes: Int) -> [[Int]] {
        let length = min(8, frames / 2)
        return (0..<images.shape[0]).map { sample in
            (0..<length).map { 1 + (sample * 7 + $0 * $0) % (classes - 1) }
        }
    }
}
