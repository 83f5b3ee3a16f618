import ArgumentParser
import Datasets
import Files
import Foundation
import Recognition
import Training

/// `crnn evaluate`: how well a model reads labelled images.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Compare a model's answers with the labels of data sets.",
        discussion: """
            A PATH is an LMDB data set, or a folder that is searched for data sets. Measured are, for each set and \
            over all samples:

                exact         answers that equal the label
                alphanumeric  answers that equal it in lower case and with nothing but a-z and 0-9: the protocol of
                              the scene-text benchmarks
                CER, WER      character and word error rate: edit distances by label lengths, in sum
                1-NED         mean of 1 - edit distance / the longer text's length

            Texts are compared in Unicode's composed form, with --ignore-case in lower case. The table shows percents; JSON holds rates from 0 to 1: \
            {"datasets": [{path, samples, exact, alphanumeric, cer, wer, ned, imagesPerSecond, unreadable}], \
            "total": the same without path}.

            A sample that cannot be decoded is named on standard error and counts as wrong in every measure; the \
            exit code stays 0. Labels with symbols that the model's alphabet lacks count as any other, and a \
            warning says how many they are and which symbols.

            Examples:

                crnn evaluate --lmdb data/test                 (the model that is part of the program)
                crnn evaluate --model run/best.safetensors --lmdb data/test
                crnn evaluate --model run/best.safetensors --lmdb benchmarks --format json > scores.json
                crnn evaluate --model run/best.safetensors --lmdb data/test --predictions answers.tsv
            """)

    /// How scores are printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json
    }

    @OptionGroup var options: ModelOptions

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Data sets, or folders that hold some; may be repeated.", valueName: "path"))
    var lmdb: [String]

    @Flag(help: "Compare texts without regard to case.")
    var ignoreCase = false

    @Option(help: "How to print the scores: table for people, json for programs.")
    var format: Format = .table

    @Option(
        help: ArgumentHelp(
            "Write a line for each sample: key, label, answer, confidence, data set, parted by tabs.",
            discussion:
                "Escapes are those of `crnn predict --format tsv`. The file appears when it is complete; to a device or "
                + "pipe, such as /dev/stdout, the lines go at once.",
            valueName: "file"))
    var predictions: String?

    func run() throws {
        let evaluation = Evaluation(
            of: try options.recognizer(), workers: options.workers, ignoringCase: ignoreCase)
        let datasets = try findDatasets(in: lmdb).map { path in try LMDBDataset(path) }
        guard datasets.contains(where: { $0.count > 0 }) else {
            throw CommandError("no samples in \(datasets.map(\.path).joined(separator: ", "))")
        }
        var results: [EvaluateResult] = []
        try withPredictionFile { write in
            for dataset in datasets {
                results.append(
                    EvaluateResult(
                        path: dataset.path, try EvaluateRun(evaluation, on: dataset).report(write)))
            }
        }
        let summary = EvaluateSummary(results)
        try StandardOutput.printLine(format == .json ? try summary.json : summary.table)
    }

    /// Lends what writes to the file of predictions, where one is asked for.
    private func withPredictionFile(_ body: ((Data) throws -> Void) throws -> Void) throws {
        guard let predictions else { return try body { _ in } }
        if StandardOutput.isSame(as: predictions) { return try body(StandardOutput.write) }
        try AtomicFile.write(to: predictions, body)
    }
}
