import CommandSupport
import Evaluation
import Files
import Foundation

/// The scores of all data sets.
struct EvaluateSummary: Encodable {
    private let datasets: [EvaluateResult]
    private let total: EvaluateResult
    /// The heading of the first column, if the rows are not data sets.
    private let subject: String?

    private enum CodingKeys: String, CodingKey { case datasets, total }

    init(_ results: [EvaluateResult], of subject: String? = nil) {
        (datasets, total, self.subject) = (results, EvaluateResult(total: results), subject)
    }

    /// Whether no sample of any data set could be decoded.
    var isAllUnreadable: Bool { total.isAllUnreadable }

    /// The scores as one indented JSON object.
    var json: String {
        get throws { try JSONText.answerEncoder(isIndented: true).encodedText(self) }
    }

    /// The scores as a table. Several data sets get a total.
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
        let rates = result.rates
        let measures = [rates.exact, rates.alphanumeric, rates.cer, rates.wer, rates.ned]
        return [result.path ?? "total", "\(result.samples)"]
            + measures.map { percent($0) }
            + [decimal(result.imagesPerSecond, digits: 1), "\(result.unreadable)"]
    }
}
