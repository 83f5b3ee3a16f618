/// How a parameter starts and what it is held to.
public struct ParameterRules: Sendable, Hashable {
    /// Its first values.
    public var initializer: Initializer
    /// Added to the loss.
    public var regularizer: Regularizer?
    /// Imposed after each step of the optimizer.
    public var constraint: Constraint?

    /// First values, and neither penalty nor constraint unless given.
    public init(
        _ initializer: Initializer, regularizer: Regularizer? = nil, constraint: Constraint? = nil
    ) {
        self.initializer = initializer
        self.regularizer = regularizer
        self.constraint = constraint
    }
}

/// A penalty for large weights.
public enum Regularizer: Sendable, Hashable {
    /// `l1 · Σ|w| + l2 · Σw²`, as Keras' `L1L2`.
    case l1l2(l1: Float, l2: Float)

    /// `share · Σ|w|`.
    public static func l1(_ share: Float) -> Regularizer { .l1l2(l1: share, l2: 0) }
    /// `share · Σw²`.
    public static func l2(_ share: Float) -> Regularizer { .l1l2(l1: 0, l2: share) }
}

/// What the weights of each output, a column of a kernel, are held to after every step.
public enum Constraint: Sendable, Hashable {
    /// No weight below zero.
    case nonNegative
    /// A Euclidean norm of 1.
    case unitNorm
    /// A Euclidean norm between two limits; `rate` is how far each step goes there, from 0 to 1.
    case norm(ClosedRange<Float>, rate: Float = 1)
}
