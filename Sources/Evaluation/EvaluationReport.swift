/// The results of an evaluation over a whole data set.
public struct EvaluationReport: Sendable, Hashable {
    /// How well transcripts and labels agree.
    public internal(set) var scores: Scores
    /// The symbols of labels that the model's alphabet lacks.
    public internal(set) var unknownSymbols = UnknownSymbols()
    /// The duration of the evaluation in seconds, decoding included.
    public internal(set) var seconds = 0.0

    /// Creates a report without samples.
    public init(scores: Scores = Scores()) { self.scores = scores }

    /// Samples per second.
    public var imagesPerSecond: Double { seconds > 0 ? Double(scores.samples) / seconds : 0 }

    /// Adds the report of another data set.
    public static func += (sum: inout EvaluationReport, other: EvaluationReport) {
        sum.scores += other.scores
        sum.unknownSymbols += other.unknownSymbols
        sum.seconds += other.seconds
    }
}
