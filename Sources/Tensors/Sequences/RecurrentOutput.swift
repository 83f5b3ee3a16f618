/// The output of a recurrence; also its gradients.
public struct RecurrentOutput: Sendable {
    /// `[batch × time × …]`, or the last output `[batch × …]`.
    public var output: Tensor
    /// The states after the last step, each `[batch × …]`; as gradients, zeros if empty.
    public var state: [Tensor]

    /// An output and the states after it.
    public init(_ output: Tensor, state: [Tensor] = []) {
        self.output = output
        self.state = state
    }
}
