import Evaluation

/// The printed scores of one data set, or of all data sets together.
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

    /// The scores of several data sets together.
    init(total results: [EvaluateResult]) {
        self.init(results.reduce(into: EvaluationReport()) { $0 += $1.report })
    }
}
