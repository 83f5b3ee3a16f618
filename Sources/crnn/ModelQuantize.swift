import ArgumentParser
import Datasets
import Foundation
import Recognition
import Tensors
import Training

/// `crnn model quantize`: the same model in whole numbers of 8 bits.
struct ModelQuantize: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quantize",
        abstract: "Make a model of 8 bits, smaller and faster, and measure what it loses.",
        discussion: """
            Images of a data set show how large the numbers inside the network become; none of their labels is learnt \
            from. Convolutions but the first then add and multiply whole numbers: weights by a scale for each output \
            channel, images between layers by one scale. Recurrent layers have weights of 8 bits, too, by a scale for \
            each column; what they read is rounded to 16 bits as it comes, where the processor has AVX2.

            Printed is how well both models read the samples that were looked at, or the sets of --evaluate. `crnn \
            predict`, `crnn evaluate` and `crnn model inspect` read the file as any other; it cannot be trained.

            EXAMPLES
              crnn model quantize run/best.safetensors --calibration data/train --output fast.safetensors
              crnn model quantize default --calibration receipts --evaluate receipts-test --output fast.safetensors
            """)

    @Argument(
        help: ArgumentHelp("A trained model, such as run/best.safetensors, or default.", valueName: "model"))
    var model: String

    @Option(
        help: ArgumentHelp(
            "The data set whose images are looked at: of the kind to be read.", valueName: "path"))
    var calibration: String

    @Option(help: ArgumentHelp("The file to write; a file that is there is replaced.", valueName: "file"))
    var output: String

    @Option(
        help: ArgumentHelp(
            "The greatest number of images that are looked at, from all over the set.", valueName: "count"))
    var limit = 500

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Data sets, or folders that hold some, to compare both models on instead of the samples that were "
                + "looked at.", valueName: "path"))
    var evaluate: [String] = []

    @Option(help: ArgumentHelp("Threads that compute; by default one per processor.", valueName: "count"))
    var threads: Int?

    @OptionGroup var instructions: InstructionSetOption

    func validate() throws {
        guard limit > 0 else {
            throw ValidationError("--limit is \(limit); give the number of images to look at, at least 1.")
        }
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads is \(threads); give a number from 1 to 1024.")
        }
    }

    func run() throws {
        let checkpoint = try checkpoint(
            model, on: makeDevice(threads: threads, .float32, isDeterministic: true))
        guard !checkpoint.isQuantized else {
            throw CommandError("\(model) is quantised already; give the model that it was made of")
        }
        let set = try LMDBDataset(calibration)
        let chosen = (0..<min(limit, set.count)).map { $0 * set.count / min(limit, set.count) }
        let samples = Subset(set, indices: chosen)
        let sets = try evaluate.isEmpty ? [] : findDatasets(in: evaluate).map { try LMDBDataset($0) }
        let quantized = try quantized(checkpoint, samples)
        try quantized.write(to: output)
        StandardError.printLine("comparing both models")
        let results =
            sets.isEmpty
            ? [try compared(checkpoint, samples), try compared(quantized, samples)]
            : [try compared(checkpoint, sets), try compared(quantized, sets)]
        try StandardOutput.printLine(report(results))
    }

    /// The quantised model, its scales from the images of `samples`.
    private func quantized(
        _ checkpoint: Checkpoint, _ samples: Subset<LMDBDataset>
    ) throws -> Checkpoint {
        var calibration = Calibration(of: checkpoint.model)
        var progress = ProgressLine(total: samples.count, label: "looking at \(self.calibration)")
        let seen = calibration.observe(samples, preparedFor: checkpoint.recognizer) {
            progress.update(completed: $0)
        }
        progress.finish()
        guard seen > 0 else {
            throw CommandError("no image of \(self.calibration) could be read; give another data set")
        }
        let plain = Checkpoint(
            model: checkpoint.model, alphabet: checkpoint.alphabet, preprocessor: checkpoint.preprocessor)
        return try plain.quantized(by: calibration).telling(checkpoint.learntSets)
    }

    private func compared(_ checkpoint: Checkpoint, _ samples: Subset<LMDBDataset>) throws -> EvaluateResult {
        EvaluateResult(path: name(checkpoint), try evaluation(checkpoint).report(on: samples))
    }

    private func compared(_ checkpoint: Checkpoint, _ sets: [LMDBDataset]) throws -> EvaluateResult {
        let report = try sets.reduce(into: EvaluationReport()) {
            $0 += try evaluation(checkpoint).report(on: $1)
        }
        return EvaluateResult(path: name(checkpoint), report)
    }

    private func name(_ checkpoint: Checkpoint) -> String { checkpoint.isQuantized ? "8 bits" : "floats" }

    private func evaluation(_ checkpoint: Checkpoint) -> Evaluation {
        Evaluation(
            of: checkpoint.recognizer,
            workers: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    }

    private func report(_ results: [EvaluateResult]) -> String {
        let exact = results.map { 100 * $0.exact }, errors = results.map { 100 * $0.cer }
        let before = fileSize(model).map { ", was \($0)" } ?? ""
        return """
            \(EvaluateSummary(results, of: "model").table)
            loss: \(points(exact[0] - exact[1])) points of exact answers, \(points(errors[1] - errors[0])) points of CER
            \(output): \(fileSize(output) ?? "written")\(before)
            """
    }

    private func points(_ difference: Double) -> String {
        difference.formatted(
            .number.precision(.fractionLength(2)).locale(Locale(identifier: "en_US_POSIX")))
    }
}
