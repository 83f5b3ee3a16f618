import Datasets
import Foundation
import Recognition
import Training

/// The evaluation of one data set, with its progress and its problems on standard error.
struct EvaluateRun {
    private let evaluation: Evaluation
    private let dataset: LMDBDataset

    /// How many symbols a warning names.
    private static let symbolLimit = 20

    init(_ evaluation: Evaluation, on dataset: LMDBDataset) {
        (self.evaluation, self.dataset) = (evaluation, dataset)
    }

    /// Reads all samples; `write` takes a line for each.
    func report(_ write: (Data) throws -> Void) throws -> EvaluationReport {
        var progress = ProgressLine(total: dataset.count, label: "evaluating on \(dataset.path)")
        var completed = 0
        let report = try evaluation.report(on: dataset) { sample in
            if let problem = sample.problem { progress.printLine(problem) }
            try write(Data((line(sample) + "\n").utf8))
            completed += 1
            progress.update(completed: completed)
        }
        progress.finish()
        if let warning = warning(report) { StandardError.printLine(warning) }
        return report
    }

    private func line(_ sample: EvaluatedSample) -> String {
        let transcript = sample.transcript
        let confidence = "\(transcript?.confidence ?? 0)"
        return TSV.line([
            sample.name.key, sample.label, transcript?.text ?? "", confidence, sample.name.path,
        ])
    }

    private func warning(_ report: EvaluationReport) -> String? {
        guard report.scores.samples > 0 else { return "warning: \(dataset.path) holds no samples" }
        let unknown = report.unknownSymbols
        guard unknown.labels > 0 else { return nil }
        let named = unknown.symbols.prefix(Self.symbolLimit).map { "“\($0)” (\(unknown.counts[$0] ?? 0))" }
        let more = unknown.counts.count - named.count
        return
            "warning: \(unknown.labels) of \(report.scores.samples) labels in \(dataset.path) have symbols that "
            + "the model's alphabet lacks, and cannot be answered exactly: \(named.joined(separator: ", "))"
            + (more > 0 ? " and \(more) more" : "")
    }
}
