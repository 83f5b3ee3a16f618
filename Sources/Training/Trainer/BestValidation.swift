public import Evaluation

/// The best validation of a training so far.
public struct BestValidation: Sendable, Codable {
    /// The number of steps before the validation.
    public let step: Int
    /// The scores on the held-out samples.
    public let scores: Scores.Rates
}
