public import Tensors

/// The arguments that Keras' cells share; the defaults are theirs.
public struct CellConfiguration: Sendable, Hashable {
    /// Applied to candidates and outputs.
    public var activation: Activation
    /// Applied to gates.
    public var recurrentActivation: Activation
    /// Whether there is a bias.
    public var usesBias: Bool
    /// First values, penalties and constraints of the kernel.
    public var kernel: ParameterRules
    /// First values, penalties and constraints of the recurrent kernel.
    public var recurrentKernel: ParameterRules
    /// First values, penalties and constraints of the bias.
    public var bias: ParameterRules
    /// What is left out in training.
    public var dropout: RecurrentDropout

    /// Keras 3's defaults.
    public init(
        activation: Activation = .tanh, recurrentActivation: Activation = .sigmoid, usesBias: Bool = true,
        kernel: ParameterRules = ParameterRules(.glorotUniform),
        recurrentKernel: ParameterRules = ParameterRules(.orthogonal),
        bias: ParameterRules = ParameterRules(.constant(0)), dropout: RecurrentDropout = .none
    ) {
        self.activation = activation
        self.recurrentActivation = recurrentActivation
        self.usesBias = usesBias
        self.kernel = kernel
        self.recurrentKernel = recurrentKernel
        self.bias = bias
        self.dropout = dropout
    }
}
