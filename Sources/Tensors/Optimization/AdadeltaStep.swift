/// Adadelta (Zeiler, arXiv 1212.5701), the optimizer of the CRNN paper.
///
///     g ← scale · gradient,  a ← ρ a + (1 − ρ) g²
///     Δ ← √(d + ε) / √(a + ε) · g,  d ← ρ d + (1 − ρ) Δ²
///     θ ← θ − rate · (decay · θ + Δ)
public struct AdadeltaStep: Sendable, Hashable {
    /// The learning rate; 1 in the paper.
    public var rate: Float
    /// ρ.
    public var decay: Float
    /// ε.
    public var epsilon: Float
    /// Each step subtracts this share of a weight, times the learning rate.
    public var weightDecay: Float
    /// The factor of the gradient, for clipping.
    public var gradientScale: Float

    /// A step; by default, with the CRNN paper's ρ.
    public init(
        rate: Float, decay: Float = 0.9, epsilon: Float = 1e-6, weightDecay: Float = 0,
        gradientScale: Float = 1
    ) {
        self.rate = rate
        self.decay = decay
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.gradientScale = gradientScale
    }
}
