import ArgumentParser
import CommandSupport
import Datasets
import Evaluation
import Files
import Foundation
import Recognition

/// `crnn evaluate`: scores a model on labelled images.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Score a model on labelled data sets.",
        discussion: """
            A PATH is an LMDB data set, or a folder that is searched for data sets. \(SearchRule.datasets)

            The scores, for each data set and \
            for all samples together, are

                exact         fraction of answers that equal the label
                alphanumeric  the same in lower case, with only a-z and 0-9: the protocol
                              of the scene-text benchmarks
                CER, WER      character and word error rate: sum of edit distances / sum
                              of label lengths
                1-NED         mean of 1 - edit distance / length of the longer text

            Texts are compared in Unicode's composed form (NFC); --ignore-case also converts both to lower case. The \
            table shows percentages; JSON holds rates from 0 to 1: \
            {"datasets": [{path, samples, exact, alphanumeric, cer, wer, ned, imagesPerSecond, unreadable}], \
            "total": the same without path}. A score for which nothing was compared, such as alphanumeric in a set \
            without Latin letters and digits, is "–" or null.

            A sample that cannot be decoded is reported on standard error and counts as wrong in every score. The \
            exit code is 1 only if none could be decoded. Labels with symbols that are not in the alphabet of the model count like any other; \
            a warning gives their number and the symbols.

            Examples:

                crnn evaluate --lmdb data/test                 (with the default model)
                crnn evaluate --model run/best.safetensors --lmdb data/test
                crnn evaluate --lmdb benchmarks --format json > scores.json
                crnn evaluate --lmdb data/test --predictions answers.tsv
            """)

    /// The output format.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json
    }

    @OptionGroup var options: ModelOptions

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Data sets, or folders that contain data sets; may be repeated.", valueName: "path"))
    var lmdb: [String]

    @Flag(help: "Ignore the difference between upper and lower case.")
    var ignoreCase = false

    @Option(help: "The output format: table or json.")
    var format: Format = .table

    @Option(
        help: ArgumentHelp(
            "Write a line for each sample: key, label, answer, confidence and data set, separated by tabs.",
            discussion:
                "Special characters are escaped as in `crnn predict --format tsv`. A file appears when it is complete; "
                + "a device or pipe, such as /dev/stdout, gets each line immediately.",
            valueName: "file"))
    var predictions: String?

    func run() throws {
        let evaluator = Evaluator(
            of: try options.recognizer(), workers: options.workers, ignoringCase: ignoreCase)
        let paths = try findDatasets(in: lmdb)
        if let predictions { try requireApart(file: predictions, from: [options.model], datasets: paths) }
        let datasets = try datasets(paths, namedBy: lmdb)
        guard datasets.contains(where: { $0.count > 0 }) else {
            throw CommandError("no samples in \(datasets.map(\.path).joined(separator: ", "))")
        }
        var results: [EvaluateResult] = []
        try withPredictionFile { write in
            for dataset in datasets {
                results.append(
                    EvaluateResult(
                        path: dataset.path, try EvaluateRun(evaluator, on: dataset).report(write)))
            }
        }
        let summary = EvaluateSummary(results)
        try StandardOutput.printLine(format == .json ? try summary.json : summary.table)
        guard !summary.isAllUnreadable else {
            throw CommandError("no sample could be decoded, so the scores say nothing about the model")
        }
    }

    /// Calls `body` with a function that writes to the prediction file, if there is one.
    private func withPredictionFile(_ body: ((Data) throws -> Void) throws -> Void) throws {
        guard let predictions else { return try body { _ in } }
        if StandardOutput.isSame(as: predictions) { return try body(StandardOutput.write) }
        try AtomicFile.write(to: predictions, body)
    }
}
