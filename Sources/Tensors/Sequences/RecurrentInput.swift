/// The input of a recurrence; also its gradients.
public struct RecurrentInput: Sendable {
    /// `[batch × time × …]`.
    public var sequence: Tensor
    /// `[batch × time]`: 0 skips a step and leaves the states as they are. The output of a skipped step repeats the
    /// last one before it; zeros if there is none.
    public var mask: Tensor?
    /// The states before the first step, each `[batch × …]`; zeros if empty.
    public var state: [Tensor]
    /// Inputs that are the same at every step.
    public var constants: [Tensor]

    /// A sequence; by default, without a mask, from zero states, without constants.
    public init(
        _ sequence: Tensor, mask: Tensor? = nil, state: [Tensor] = [], constants: [Tensor] = []
    ) {
        self.sequence = sequence
        self.mask = mask
        self.state = state
        self.constants = constants
    }

    /// The same input with zeros at masked steps. A backward pass multiplies them by zero, which NaN would survive.
    package func clearingMaskedSteps() -> RecurrentInput {
        guard let mask else { return self }
        let shape = sequence.shape, steps = shape[0] * shape[1]
        let rows = sequence.reshaped(to: Shape([steps] + shape.dimensions.dropFirst(2)))
        var input = self
        input.sequence = .selected(by: mask.reshaped(to: [steps]), rows, else: rows.zeros)
            .reshaped(to: shape)
        return input
    }
}
