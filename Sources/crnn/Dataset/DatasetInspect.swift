import ArgumentParser
import CommandSupport
import Datasets
import Files
import Recognition

/// `crnn dataset inspect`: shows what data sets hold and whether they have problems.
struct DatasetInspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract:
            "Show the contents of data sets: samples, image formats and sizes, label lengths, alphabet, problems.",
        discussion: """
            A PATH is a data set, or a folder that is searched for data sets. \(SearchRule.datasets)

            Labels and image headers are read; \
            pixels are not decoded. The exit code is 1 if a data set cannot be read or has problems.

            Examples:

                crnn dataset inspect data/train
                crnn dataset inspect data --format json
            """)

    /// The output format.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(help: "Data sets, or folders that contain data sets.")
    var paths: [String]

    @Option(help: "The output format: text, or json (an array with one object per data set).")
    var format: Format = .text

    func run() async throws {
        var summaries: [DatasetSummary] = []
        var isFlawless = true
        for path in try findDatasets(in: paths) {
            guard let summary = summaryOrNil(path) else {
                isFlawless = false
                continue
            }
            summaries.append(summary)
            isFlawless = isFlawless && summary.problemCount == 0
            if format == .text { try StandardOutput.printLine(DatasetReport(summary).text) }
        }
        if format == .json {
            try StandardOutput.printLine(try JSONText.encoder(isIndented: true).encodedText(summaries))
        }
        if !isFlawless { throw ExitCode.failure }
    }

    /// The summary of a data set; prints the error and returns nil if it cannot be read.
    private func summaryOrNil(_ path: String) -> DatasetSummary? {
        do {
            return try summary(of: path)
        } catch {
            StandardError.printLine("Error: \(error)")
            return nil
        }
    }

    private func summary(of path: String) throws -> DatasetSummary {
        let dataset = try LMDBDataset(path)
        guard StandardError.isTerminal else { return DatasetSummary(of: dataset) }
        var progress = ProgressLine(total: dataset.count, label: "reading \(path)")
        let summary = DatasetSummary(of: dataset) { progress.update(completed: $0) }
        progress.finish()
        return summary
    }
}
