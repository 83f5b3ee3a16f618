/// The order in which a recurrent layer reads time.
public enum ScanDirection: Sendable, Hashable {
    /// From the first step to the last.
    case forward
    /// From the last step to the first; outputs stay at the step that they belong to.
    case backward
}

/// A recurrence that a device scans in one kernel.
public struct Recurrence: Sendable, Hashable {
    /// What happens in one step; σ is the logistic function, U the units, · an element-wise product of vectors.
    public enum Kind: Sendable, Hashable {
        /// `h ← activation(x K + h R + b)`.
        case simple(Activation)
        /// Long short-term memory (Hochreiter and Schmidhuber 1997, with forget gates); the columns of its
        /// weights stand as input, forget, candidate, output:
        ///
        ///     [i f g o] = x K + h R + b,  c ← σ(f) · c + σ(i) · tanh(g),  h ← σ(o) · tanh(c)
        case lstm
        /// A gated recurrent unit (Cho et al., arXiv 1406.1078); the columns of its weights stand as update,
        /// reset, candidate. With `resetAfter`, the bias has two rows, b and d:
        ///
        ///     [z r g] = x K + b + h R + d,  h ← σ(z) · h + (1 − σ(z)) · tanh(x K₃ + b₃ + σ(r) · (h R₃ + d₃))
        ///
        /// and without, there is one row, and the candidate is `tanh(x K₃ + b₃ + (σ(r) · h) R₃)`.
        case gru(resetAfter: Bool)

        /// How many blocks of U columns the weights have.
        public var gates: Int {
            switch self {
            case .simple: 1
            case .lstm: 4
            case .gru: 3
            }
        }

        /// How many states of U units there are; the first one is the output.
        public var states: Int { self == .lstm ? 2 : 1 }
    }

    /// What happens in one step.
    public var kind: Kind
    /// The order in which time is read.
    public var direction: ScanDirection
    /// Whether masked steps put out zeros instead of the last output.
    public var zeroOutputForMask: Bool

    /// A recurrence; forward and repeating the last output at masked steps unless told otherwise.
    public init(_ kind: Kind, _ direction: ScanDirection = .forward, zeroOutputForMask: Bool = false) {
        self.kind = kind
        self.direction = direction
        self.zeroOutputForMask = zeroOutputForMask
    }
}

/// What a recurrence reads; also the gradients for it.
public struct RecurrentInput: Sendable {
    /// `[batch × time × …]`.
    public var sequence: Tensor
    /// `[batch × time]`: zero where a step is to be passed over, leaving the states as they are. Its output is
    /// then the last one before it, zeros if there is none.
    public var mask: Tensor?
    /// The states before the first step, each `[batch × …]`; zeros where there are none.
    public var state: [Tensor]
    /// What the cell sees at every step alike.
    public var constants: [Tensor]

    /// A sequence; without mask, from zero states, without constants unless given.
    public init(
        _ sequence: Tensor, mask: Tensor? = nil, state: [Tensor] = [], constants: [Tensor] = []
    ) {
        self.sequence = sequence
        self.mask = mask
        self.state = state
        self.constants = constants
    }
}

/// What a recurrence gives; also the gradients of that.
public struct RecurrentOutput: Sendable {
    /// `[batch × time × …]`, or the last output `[batch × …]`.
    public var output: Tensor
    /// The states after the last step, each `[batch × …]`; as gradients, none stand for zeros.
    public var state: [Tensor]

    /// An output and the states after it.
    public init(_ output: Tensor, state: [Tensor] = []) {
        self.output = output
        self.state = state
    }
}

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

/// The gradients of a recurrence.
public struct RecurrentGradients: Sendable {
    /// For the sequence and, where there were any, the initial states.
    public var input: RecurrentInput
    /// Of the weights' shapes.
    public var weights: RecurrentWeights

    /// Groups the gradients.
    public init(input: RecurrentInput, weights: RecurrentWeights) {
        self.input = input
        self.weights = weights
    }
}
