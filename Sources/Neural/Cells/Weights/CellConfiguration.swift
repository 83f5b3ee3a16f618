public import Tensors

/// The arguments that all of Keras' cells have in common.
public struct CellConfiguration: Sendable, Hashable {
    /// The activation of candidates and outputs.
    public var activation: Activation
    /// The activation of gates.
    public var recurrentActivation: Activation
    /// Whether there is a bias.
    public var usesBias: Bool
    /// Initializer, regularizer and constraint of the kernel.
    public var kernel: ParameterRules
    /// Initializer, regularizer and constraint of the recurrent kernel.
    public var recurrentKernel: ParameterRules
    /// Initializer, regularizer and constraint of the bias.
    public var bias: ParameterRules
    /// Dropout in training.
    public var dropout: RecurrentDropout

    /// By default, Keras 3's defaults.
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

    /// Whether the activations are those of the devices' recurrences.
    var hasDefaultActivations: Bool { activation == .tanh && recurrentActivation == .sigmoid }
}
