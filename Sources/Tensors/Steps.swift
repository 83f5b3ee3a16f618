/// Two running averages per scalar of a parameter.
public struct Moments: Sendable {
    /// Adam: of gradients. Adadelta: of squared gradients.
    public var first: Tensor
    /// Adam: of squared gradients. Adadelta: of squared updates.
    public var second: Tensor

    /// Groups two running averages.
    public init(first: Tensor, second: Tensor) {
        self.first = first
        self.second = second
    }
}

/// Adam (Kingma and Ba, arXiv 1412.6980) with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101).
///
///     g ← scale · gradient
///     m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²
///     θ ← θ − rate · (decay · θ + (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε))
public struct AdamStep: Sendable, Hashable {
    /// The learning rate.
    public var rate: Float
    /// β₁.
    public var firstDecay: Float
    /// β₂.
    public var secondDecay: Float
    /// ε.
    public var epsilon: Float
    /// The share of a weight, times the rate, that each step takes away.
    public var weightDecay: Float
    /// What the gradient is multiplied by first: the clipping factor.
    public var gradientScale: Float
    /// t, from 1.
    public var count: Int

    /// A step; the constants are the paper's unless given.
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
    /// The share of a weight, times the rate, that each step takes away.
    public var weightDecay: Float
    /// What the gradient is multiplied by first: the clipping factor.
    public var gradientScale: Float

    /// A step; ρ is the CRNN paper's unless given.
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

/// Stochastic gradient descent with momentum.
///
///     g ← scale · gradient,  v ← momentum · v + g
///     θ ← θ − rate · (decay · θ + v)
public struct MomentumStep: Sendable, Hashable {
    /// The learning rate.
    public var rate: Float
    /// The share of the velocity that is kept.
    public var momentum: Float
    /// The share of a weight, times the rate, that each step takes away.
    public var weightDecay: Float
    /// What the gradient is multiplied by first: the clipping factor.
    public var gradientScale: Float

    /// A step.
    public init(rate: Float, momentum: Float = 0.9, weightDecay: Float = 0, gradientScale: Float = 1) {
        self.rate = rate
        self.momentum = momentum
        self.weightDecay = weightDecay
        self.gradientScale = gradientScale
    }
}
