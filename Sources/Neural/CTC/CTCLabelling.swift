/// A sequence of classes without blanks, and its probability.
public struct CTCLabelling: Sendable, Hashable {
    /// The class indices.
    public let classes: [Int]
    /// The natural logarithm of its probability.
    public let logProbability: Float

    /// Groups classes and log-probability.
    public init(_ classes: [Int], logProbability: Float) {
        self.classes = classes
        self.logProbability = logProbability
    }
}
