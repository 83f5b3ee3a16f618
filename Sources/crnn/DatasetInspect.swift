import ArgumentParser
import Datasets
import Files
import Recognition

/// `crnn dataset inspect`: what a data set holds and what is wrong with it.
struct DatasetInspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract:
            "Show what data sets hold: samples, image formats and sizes, label lengths, alphabet, problems.",
        discussion: """
            A PATH is a data set, or a folder that is searched for data sets. Labels and image headers are read, \
            pixels are not decoded. The exit code is 1 where a set cannot be read or has problems.

            Examples:

                crnn dataset inspect data/train
                crnn dataset inspect data --format json
            """)

    /// How summaries are printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(help: "Data sets, or folders that hold some.")
    var paths: [String]

    @Option(help: "How to print: text for people, json for programs (an array with one object for each set).")
    var format: Format = .text

    func run() async throws {
        var summaries: [DatasetSummary] = []
        var isFlawless = true
        for path in try findDatasets(in: paths) {
            guard let summary = summaryOrComplaint(path) else {
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

    /// The summary of a set; nil, after a word about it, where the set cannot be read.
    private func summaryOrComplaint(_ path: String) -> DatasetSummary? {
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
