import Files
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
    /// What the rows are of, where they are not data sets.
    private let subject: String?

    private enum CodingKeys: String, CodingKey { case datasets, total }

    init(_ results: [EvaluateResult], of subject: String? = nil) {
        (datasets, total, self.subject) = (results, EvaluateResult(total: results), subject)
    }

    /// One object, indented.
    var json: String {
        get throws { try JSONText.answerEncoder(isIndented: true).encodedText(self) }
    }

    /// A line for each row, and one for all where there are several data sets.
    var table: String {
        let header = [
            subject ?? "data set", "samples", "exact", "alphanumeric", "CER", "WER", "1-NED", "images/s",
            "unreadable",
        ]
        let isTotalled = datasets.count > 1 && subject == nil
        let rows = isTotalled ? datasets + [total] : datasets
        return TextTable(rows: [header] + rows.map(cells)).text
    }

    private func cells(_ result: EvaluateResult) -> [String] {
        let rates = [result.exact, result.alphanumeric, result.cer, result.wer, result.ned]
        return [result.path ?? "total", "\(result.samples)"]
            + rates.map { decimal(100 * $0, digits: 2) + "%" }
            + [decimal(result.imagesPerSecond, digits: 1), "\(result.unreadable)"]
    }
}
