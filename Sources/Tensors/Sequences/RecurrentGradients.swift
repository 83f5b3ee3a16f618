/// The gradients of a recurrence.
public struct RecurrentGradients: Sendable {
    /// For the sequence and, if they were given, the initial states.
    public var input: RecurrentInput
    /// Of the weights' shapes.
    public var weights: RecurrentWeights

    /// Groups the gradients.
    public init(input: RecurrentInput, weights: RecurrentWeights) {
        self.input = input
        self.weights = weights
    }
}
