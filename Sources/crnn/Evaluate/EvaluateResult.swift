import Evaluation

/// The printed scores of one data set, or of all data sets together.
struct EvaluateResult: Encodable {
    let path: String?
    let samples: Int
    let unreadable: Int
    let rates: Scores.Rates
    let imagesPerSecond: Double
    private let report: EvaluationReport

    private enum CodingKeys: String, CodingKey {
        case path, samples, unreadable, imagesPerSecond
    }

    init(path: String? = nil, _ report: EvaluationReport) {
        let scores = report.scores
        (self.path, self.report) = (path, report)
        (samples, unreadable) = (scores.samples, scores.unreadable)
        rates = scores.rates
        imagesPerSecond = report.imagesPerSecond
    }

    /// The scores of several data sets together.
    init(total results: [EvaluateResult]) {
        self.init(results.reduce(into: EvaluationReport()) { $0 += $1.report })
    }

    /// Whether no sample could be decoded.
    var isAllUnreadable: Bool { unreadable == samples }

    /// The measures stand next to the other values, not in an object of their own.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(path, forKey: .path)
        try container.encode(samples, forKey: .samples)
        try container.encode(unreadable, forKey: .unreadable)
        try container.encode(imagesPerSecond, forKey: .imagesPerSecond)
        try rates.encode(to: encoder)
    }
}
