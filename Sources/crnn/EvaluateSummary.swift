import Foundation
import Recognition
import Training

/// The scores of one data set, or of all, as they are printed.
struct EvaluateResult: Encodable {
    let path: String?
    let samples: Int
    let unreadable: Int
    let exact: Double
    let alphanumeric: Double
    let cer: Double
    let wer: Double
    let ned: Double
    let imagesPerSecond: Double
    private let report: EvaluationReport

    private enum CodingKeys: String, CodingKey {
        case path, samples, unreadable, exact, alphanumeric, cer, wer, ned, imagesPerSecond
    }

    init(path: String? = nil, _ report: EvaluationReport) {
        let (scores, rates) = (report.scores, report.scores.rates)
        (self.path, self.report) = (path, report)
        (samples, unreadable) = (scores.samples, scores.unreadable)
        (exact, alphanumeric) = (rates.exact, rates.alphanumeric)
        (cer, wer, ned) = (rates.cer, rates.wer, rates.ned)
        imagesPerSecond = report.imagesPerSecond
    }

    /// The scores of several sets together.
    init(total results: [EvaluateResult]) {
        self.init(results.reduce(into: EvaluationReport()) { $0 += $1.report })
    }
}

/// The scores of all data sets.
struct EvaluateSummary: Encodable {
    private let datasets: [EvaluateResult]
    private let total: EvaluateResult

    init(_ results: [EvaluateResult]) { (datasets, total) = (results, EvaluateResult(total: results)) }

    /// One object, indented.
    var json: String {
        get throws { try JSONText.answerEncoder(isIndented: true).encodedText(self) }
    }

    /// A line for each set, and one for all where there are several.
    var table: String {
        let header = [
            "data set", "samples", "exact", "alphanumeric", "CER", "WER", "1-NED", "images/s", "unreadable",
        ]
        return TextTable(rows: [header] + (datasets.count > 1 ? datasets + [total] : datasets).map(cells))
            .text
    }

    private func cells(_ result: EvaluateResult) -> [String] {
        let rates = [result.exact, result.alphanumeric, result.cer, result.wer, result.ned]
        return [result.path ?? "total", "\(result.samples)"]
            + rates.map { decimal(100 * $0, digits: 2) + "%" }
            + [decimal(result.imagesPerSecond, digits: 1), "\(result.unreadable)"]
    }
}
