/// Adam (Kingma and Ba, arXiv 1412.6980) with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101).
///
///     g ← scale · gradient
///     m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²
///     θ ← θ − rate · (decay · θ + (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε))
///
/// With ``Moments/maximum``, the largest v so far takes the place of v in the last line: AMSGrad (Reddi, Kale, Kumar,
/// arXiv 1904.09237).
public struct AdamStep: Sendable, Hashable {
    /// The learning rate.
    public var rate: Float
    /// β₁.
    public var firstDecay: Float
    /// β₂.
    public var secondDecay: Float
    /// ε.
    public var epsilon: Float
    /// Each step subtracts this share of a weight, times the learning rate.
    public var weightDecay: Float
    /// The factor of the gradient, for clipping.
    public var gradientScale: Float
    /// t, from 1.
    public var count: Int

    /// A step; by default, with the constants of the paper.
    public init(
        rate: Float, firstDecay: Float = 0.9, secondDecay: Float = 0.999, epsilon: Float = 1e-8,
        weightDecay: Float = 0, gradientScale: Float = 1, count: Int
    ) {
        self.rate = rate
        self.firstDecay = firstDecay
        self.secondDecay = secondDecay
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.gradientScale = gradientScale
        self.count = count
    }
}
