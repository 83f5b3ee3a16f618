public import Tensors

/// The output of a cell in one step; also its gradients.
public struct CellOutput: Sendable {
    /// `[batch × …]`.
    public var output: Tensor
    /// The states after the step.
    public var state: [Tensor]

    /// Groups output and states.
    public init(_ output: Tensor, state: [Tensor]) {
        self.output = output
        self.state = state
    }
}
