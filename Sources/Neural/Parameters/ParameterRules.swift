/// The initializer of a parameter, its regularizer and its constraint.
public struct ParameterRules: Sendable, Hashable {
    /// Draws the initial values.
    public var initializer: Initializer
    /// A penalty that is added to the loss.
    public var regularizer: Regularizer?
    /// Applied after each step of the optimizer.
    public var constraint: Constraint?

    /// Rules; by default, without a regularizer and a constraint.
    public init(
        _ initializer: Initializer, regularizer: Regularizer? = nil, constraint: Constraint? = nil
    ) {
        self.initializer = initializer
        self.regularizer = regularizer
        self.constraint = constraint
    }
}
