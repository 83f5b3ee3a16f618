public import Evaluation

/// The results of one validation.
public struct ValidationReport: Sendable, Codable {
    /// The number of steps before the validation.
    public let step: Int
    /// The scores on the held-out samples.
    public let scores: Scores.Rates
    /// The number of held-out samples.
    public let samples: Int
    /// The number of these that could not be decoded, and count as wrong.
    public let unreadable: Int
    /// Whether it is the best validation of the run so far.
    public let isBest: Bool
    /// Images read per second.
    public let imagesPerSecond: Double
    /// The duration of the training so far in seconds.
    public let seconds: Double
}
