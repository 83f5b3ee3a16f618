internal import Requirements
public import Tensors

/// The input of a cell in one step; also its gradients.
public struct CellInput: Sendable {
    /// `[batch × …]`.
    public var input: Tensor
    /// The states before the step.
    public var state: [Tensor]
    /// Inputs that are the same at every step; as gradients, empty from a cell that does not use them.
    public var constants: [Tensor]

    /// Groups input, states and constants.
    public init(_ input: Tensor, state: [Tensor], constants: [Tensor] = []) {
        self.input = input
        self.state = state
        self.constants = constants
    }
}

/// The sums of two lists of gradients for the same constants; if one is empty, the other.
func summed(_ first: [Tensor], _ second: [Tensor]) -> [Tensor] {
    guard !first.isEmpty else { return second }
    guard !second.isEmpty else { return first }
    require(
        first.count == second.count, "gradients for \(first.count) and for \(second.count) constants")
    return zip(first, second).map { $0 + $1 }
}
