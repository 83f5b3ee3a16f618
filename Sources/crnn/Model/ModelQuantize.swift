import ArgumentParser
import CommandSupport
import Datasets
import Evaluation
import Foundation
import Recognition
import Tensors
import Training

/// `crnn model quantize`: quantizes a model to int8.
struct ModelQuantize: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quantize",
        abstract: "Quantize a model to int8, which makes it smaller and faster, and compare the accuracy.",
        discussion: """
            The images of a calibration data set determine the range of the activations; their labels are not used. \
            All convolutions but the first are then computed in int8: weights have one scale per output channel, \
            activations one scale per layer. Recurrent layers have int8 weights with one scale per column; their \
            inputs are rounded to 16 bits if the processor has AVX2.

            The original and the quantized model are scored on the calibration samples, or on the data sets of \
            --evaluate. `crnn predict`, \
            `crnn evaluate` and `crnn model inspect` read the quantized model like any other; it cannot be trained.

            Examples:

                crnn model quantize default --calibration receipts --output fast.safetensors
                crnn model quantize run/best.safetensors --calibration train --evaluate test \
            --output fast.safetensors
            """)

    @Argument(
        help: ArgumentHelp("A trained model, such as run/best.safetensors, or default.", valueName: "model"))
    var model: String

    @Option(
        help: ArgumentHelp(
            "The calibration data set, with images like those to be read.", valueName: "path"))
    var calibration: String

    @Option(help: ArgumentHelp("The file to write; an existing file is replaced.", valueName: "file"))
    var output: String

    @Option(
        help: ArgumentHelp(
            "The maximum number of calibration images, spread evenly over the data set.", valueName: "count"))
    var limit = 500

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Data sets, or folders that contain data sets, on which both models are scored; by default the "
                + "calibration samples.", valueName: "path"))
    var evaluate: [String] = []

    @OptionGroup var threading: ThreadOption

    @OptionGroup var instructions: InstructionSetOption

    func validate() throws {
        guard limit > 0 else {
            throw ValidationError("--limit is \(limit); the number of calibration images must be at least 1.")
        }
    }

    func run() throws {
        let evaluated = try evaluate.isEmpty ? [] : findDatasets(in: evaluate)
        try requireApart(file: output, from: [model], datasets: [calibration] + evaluated)
        let checkpoint = try checkpoint(
            model, on: makeDevice(threads: threading.threads, .float32, isDeterministic: true))
        guard !checkpoint.isQuantized else {
            throw CommandError("\(model) is already quantized; give the model before quantization")
        }
        let set = try dataset(calibration)
        let chosen = (0..<min(limit, set.count)).map { $0 * set.count / min(limit, set.count) }
        let samples = Subset(set, indices: chosen)
        let sets = try datasets(evaluated, namedBy: evaluate)
        let quantized = try quantized(checkpoint, samples)
        try quantized.write(to: output)
        StandardError.printLine("comparing both models")
        let results =
            sets.isEmpty
            ? [try compared(checkpoint, samples), try compared(quantized, samples)]
            : [try compared(checkpoint, sets), try compared(quantized, sets)]
        try StandardOutput.printLine(report(results))
    }

    /// The quantized model, with scales from the images of `samples`.
    private func quantized(
        _ checkpoint: Checkpoint, _ samples: Subset<LMDBDataset>
    ) throws -> Checkpoint {
        var calibration = Calibration(of: checkpoint.model)
        var progress = ProgressLine(total: samples.count, label: "calibrating on \(self.calibration)")
        let seen = calibration.observe(samples, preparedFor: checkpoint.recognizer) {
            progress.update(completed: $0)
        }
        progress.finish()
        guard seen > 0 else {
            throw CommandError("no image of \(self.calibration) could be read; give another data set")
        }
        let plain = Checkpoint(
            model: checkpoint.model, alphabet: checkpoint.alphabet, preprocessor: checkpoint.preprocessor)
        return try plain.quantized(by: calibration).recording(checkpoint.datasetRecords)
    }

    private func compared(_ checkpoint: Checkpoint, _ samples: Subset<LMDBDataset>) throws -> EvaluateResult {
        EvaluateResult(path: name(checkpoint), try evaluator(checkpoint).report(on: samples))
    }

    private func compared(_ checkpoint: Checkpoint, _ sets: [LMDBDataset]) throws -> EvaluateResult {
        let report = try sets.reduce(into: EvaluationReport()) {
            $0 += try evaluator(checkpoint).report(on: $1)
        }
        return EvaluateResult(path: name(checkpoint), report)
    }

    private func name(_ checkpoint: Checkpoint) -> String { checkpoint.isQuantized ? "int8" : "float" }

    private func evaluator(_ checkpoint: Checkpoint) -> Evaluator {
        Evaluator(
            of: checkpoint.recognizer,
            workers: threading.count)
    }

    private func report(_ results: [EvaluateResult]) -> String {
        let exact = results.map { $0.rates.exact ?? 0 }, errors = results.map { $0.rates.cer ?? 0 }
        let (exactLoss, errorGain) = (100 * (exact[0] - exact[1]), 100 * (errors[1] - errors[0]))
        let before = fileSize(model).map { ", was \($0)" } ?? ""
        return """
            \(EvaluateSummary(results, of: "model").table)
            loss in percentage points: exact \(decimal(exactLoss, digits: 2)), CER \(decimal(errorGain, digits: 2))
            \(output): \(fileSize(output) ?? "written")\(before)
            """
    }
}
