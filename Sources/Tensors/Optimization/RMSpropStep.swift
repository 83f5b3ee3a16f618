/// RMSprop (Tieleman and Hinton, Coursera lecture 6.5, 2012) with momentum, as in PyTorch.
///
///     g ← scale · gradient,  v ← ρ v + (1 − ρ) g²
///     b ← momentum · b + g / (√v + ε)
///     θ ← θ − rate · (decay · θ + b)
public struct RMSpropStep: Sendable, Hashable {
    /// The learning rate.
    public var rate: Float
    /// ρ.
    public var decay: Float
    /// The share of the velocity b that a step keeps.
    public var momentum: Float
    /// ε.
    public var epsilon: Float
    /// Each step subtracts this share of a weight, times the learning rate.
    public var weightDecay: Float
    /// The factor of the gradient, for clipping.
    public var gradientScale: Float

    /// A step; by default, without momentum.
    public init(
        rate: Float, decay: Float = 0.9, momentum: Float = 0, epsilon: Float = 1e-8, weightDecay: Float = 0,
        gradientScale: Float = 1
    ) {
        self.rate = rate
        self.decay = decay
        self.momentum = momentum
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.gradientScale = gradientScale
    }
}
