import CommandSupport
import Datasets
import Evaluation
import Foundation
import Recognition

/// The evaluation of one data set. Shows progress and problems on standard error.
struct EvaluateRun {
    private let evaluator: Evaluator
    private let dataset: LMDBDataset

    init(_ evaluator: Evaluator, on dataset: LMDBDataset) {
        (self.evaluator, self.dataset) = (evaluator, dataset)
    }

    /// Reads all samples and passes a line for each to `write`.
    func report(_ write: (Data) throws -> Void) throws -> EvaluationReport {
        var progress = ProgressLine(total: dataset.count, label: "evaluating on \(dataset.path)")
        var completed = 0
        let report = try evaluator.report(on: dataset) { sample in
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
        guard report.scores.samples > 0 else { return "warning: \(dataset.path) has no samples" }
        return report.unknownSymbols.warning(about: "labels in \(dataset.path)", of: report.scores.samples)
            .map { "warning: " + $0 }
    }
}
