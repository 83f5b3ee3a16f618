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

/// What a recurrent cell leaves out in training, by masks that hold for a whole sequence
/// (Gal and Ghahramani, arXiv 1512.05287). What is kept is scaled by 1 / (1 − share).
public struct RecurrentDropout: Sendable, Hashable {
    /// The share of the input's features.
    public var inputShare: Float
    /// The share of the state's units.
    public var stateShare: Float
    /// Whether each gate has a mask of its own (Keras' `implementation=1`, which it takes wherever the state's
    /// share is not zero) or all share one (`2`).
    public var masksEachGate: Bool
    /// Decides the masks; layers of one shape and one seed leave out the same.
    public var seed: UInt64

    /// Shares from 0 to below 1.
    public init(
        inputShare: Float = 0, stateShare: Float = 0, masksEachGate: Bool = false, seed: UInt64 = 0
    ) {
        precondition(
            0..<1 ~= inputShare && 0..<1 ~= stateShare,
            "shares of \(inputShare) and \(stateShare) to leave out")
        self.inputShare = inputShare
        self.stateShare = stateShare
        self.masksEachGate = masksEachGate
        self.seed = seed
    }

    /// Keeps everything.
    public static let none = RecurrentDropout()

    /// Whether anything may be left out.
    var isActive: Bool { inputShare > 0 || stateShare > 0 }
}
