/// Stochastic gradient descent with momentum.
///
///     g ← scale · gradient,  v ← momentum · v + g
///     θ ← θ − rate · (decay · θ + v)
///
/// With Nesterov's momentum, the last line is `θ ← θ − rate · (decay · θ + g + momentum · v)`.
public struct MomentumStep: Sendable, Hashable {
    /// The learning rate.
    public var rate: Float
    /// The share of the velocity that a step keeps.
    public var momentum: Float
    /// Whether the momentum is Nesterov's (Sutskever, Martens, Dahl, Hinton 2013).
    public var nesterov: Bool
    /// Each step subtracts this share of a weight, times the learning rate.
    public var weightDecay: Float
    /// The factor of the gradient, for clipping.
    public var gradientScale: Float

    /// A step.
    public init(
        rate: Float, momentum: Float = 0.9, nesterov: Bool = false, weightDecay: Float = 0,
        gradientScale: Float = 1
    ) {
        self.rate = rate
        self.momentum = momentum
        self.nesterov = nesterov
        self.weightDecay = weightDecay
        self.gradientScale = gradientScale
    }
}
