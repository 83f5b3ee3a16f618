/// The weights of a recurrence; also their gradients.
public struct RecurrentWeights: Sendable {
    /// `[features × gates·units]`.
    public var kernel: Tensor
    /// `[units × gates·units]`.
    public var recurrentKernel: Tensor
    /// `[gates·units]`; `[2 × gates·units]` for a gated recurrent unit with `resetAfter`.
    public var bias: Tensor

    /// Groups the three weights.
    public init(kernel: Tensor, recurrentKernel: Tensor, bias: Tensor) {
        self.kernel = kernel
        self.recurrentKernel = recurrentKernel
        self.bias = bias
    }

    /// The size of the output and of each state.
    public var units: Int { recurrentKernel.shape[0] }
}
