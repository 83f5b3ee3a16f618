/// A recurrence that a device computes over a whole sequence in one kernel.
public struct Recurrence: Sendable, Hashable {
    /// The formulas of one step; σ is the logistic function, · the element-wise product of vectors, U the number of
    /// units.
    public enum Kind: Sendable, Hashable {
        /// `h ← activation(x K + h R + b)`.
        case simple(Activation)
        /// Long short-term memory (Hochreiter and Schmidhuber 1997, with forget gates); the columns of its weights are
        /// ordered input, forget, candidate, output:
        ///
        ///     [i f g o] = x K + h R + b,  c ← σ(f) · c + σ(i) · tanh(g),  h ← σ(o) · tanh(c)
        case lstm
        /// A gated recurrent unit (Cho et al., arXiv 1406.1078); the columns of its weights are ordered update, reset,
        /// candidate. With `resetAfter`, the bias has two rows, b and d:
        ///
        ///     [z r g] = x K + b + h R + d,  h ← σ(z) · h + (1 − σ(z)) · tanh(x K₃ + b₃ + σ(r) · (h R₃ + d₃))
        ///
        /// Without, it has one row, and the candidate is `tanh(x K₃ + b₃ + (σ(r) · h) R₃)`.
        case gru(resetAfter: Bool)

        /// The number of blocks of U columns in the weights.
        public var gates: Int {
            switch self {
            case .simple: 1
            case .lstm: 4
            case .gru: 3
            }
        }

        /// The number of states of U units; the first one is the output.
        public var states: Int { self == .lstm ? 2 : 1 }
    }

    /// The formulas of one step.
    public var kind: Kind
    /// The order in which time is read.
    public var direction: ScanDirection
    /// Whether masked steps output zeros instead of repeating the last output.
    public var zeroOutputForMask: Bool

    /// A recurrence; by default, it reads forward and repeats the last output at masked steps.
    public init(_ kind: Kind, _ direction: ScanDirection = .forward, zeroOutputForMask: Bool = false) {
        self.kind = kind
        self.direction = direction
        self.zeroOutputForMask = zeroOutputForMask
    }
}
