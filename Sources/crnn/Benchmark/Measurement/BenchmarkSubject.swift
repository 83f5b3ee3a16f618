import CPU
import CommandSupport
import Files
import Foundation
import Neural
import Recognition
import Tensors

/// The network that `crnn benchmark` measures.
///
/// Each load gets its own device and weights, so that its memory can be measured.
struct BenchmarkSubject {
    let options: BenchmarkOptions
    let network: BenchmarkNetwork

    /// Throws if the model cannot be read or cannot run a load.
    init(_ options: BenchmarkOptions) throws {
        let checkpoint = try options.checkpoint(on: options.device)
        for load in options.loads {
            try load.check(checkpoint.model.configuration)
            guard load.phase == .inference || !checkpoint.isQuantized else {
                throw CommandError(
                    "\(options.model ?? "the model") is quantized and cannot be trained; give --phase inference"
                )
            }
        }
        self.options = options
        network = BenchmarkNetwork(
            checkpoint, widths: options.width, isPaper: options.model == nil)
    }

    /// Measures one load.
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

    /// Writes a checkpoint with the network, eight images of the first width, and their scores.
    func record(to path: String) throws {
        let device = options.device
        var checkpoint = try options.checkpoint(on: device)
        let load = BenchmarkLoad(phase: .inference, batch: 8, width: options.width[0])
        let images = BenchmarkInput(load, height: network.height, on: device).images
        checkpoint.extraTensors = ["images": images, "scores": checkpoint.recognizer.model(images)]
        try checkpoint.write(to: path)
    }
}

extension BenchmarkOptions {
    /// A new device with the options.
    var device: CPUDevice {
        CPUDevice(
            threads: threading.threads, precision: precision.precision,
            measuresAlgorithms: !determinism.deterministic)
    }

    /// The measured network; for int8, quantized with the input as calibration.
    func checkpoint(on device: any Device, calibratedBy input: BenchmarkInput) throws -> Checkpoint {
        let checkpoint = try checkpoint(on: device)
        guard precision == .int8, !checkpoint.isQuantized else { return checkpoint }
        var calibration = Calibration(of: checkpoint.model)
        calibration.observe(input.images)
        return checkpoint.quantized(by: calibration)
    }

    /// The network of `--model`, or that of the paper with random weights from a fixed seed.
    func checkpoint(on device: any Device) throws -> Checkpoint {
        if let model { return try crnn.checkpoint(model, on: device) }
        var generator = SeededGenerator(seed: 1)
        let (network, alphabet) = (CRNNConfiguration.paper(), Alphabet.alphanumeric)
        return Checkpoint(
            model: try CRNN(network, classCount: alphabet.classCount, on: device, using: &generator),
            alphabet: alphabet,
            preprocessor: Preprocessor(height: network.height, widthStep: 4))
    }
}

extension BenchmarkLoad {
    /// Throws if the images are too narrow for one frame, or the batch certainly exceeds the memory of the machine.
    fileprivate func check(_ network: CRNNConfiguration) throws(CommandError) {
        guard network.frames(forWidth: width) > 0 else {
            throw CommandError(
                "--width \(width) is too narrow for one frame; give \(2 * network.frameWidth) or more")
        }
        // The output of the first layer is the largest tensor; training keeps the outputs and their gradients.
        let first = batch * network.height * width * network.convolutions[0].channels * 4
        let (needed, memory) = (first * (phase == .training ? 6 : 2), ProcessInfo.processInfo.physicalMemory)
        guard needed < memory else {
            throw CommandError(
                "--batch \(batch) --width \(width): \(phase) needs more than \(needed >> 30) GiB of memory, and the "
                    + "machine has \(memory >> 30) GiB; give a smaller batch or width")
        }
    }
}
