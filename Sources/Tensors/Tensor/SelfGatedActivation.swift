internal import Foundation

/// A function x · g(x), whose gate g rises from 0 to 1. It is not monotonic, so that its derivative is computed from its
/// argument, not from its value as that of an ``Activation``.
public enum SelfGatedActivation: String, Sendable, Hashable, Codable, CaseIterable {
    /// x · Φ(x), with the distribution function Φ of the standard normal distribution (Hendrycks and Gimpel,
    /// arXiv 1606.08415).
    case gelu
    /// ½ x · (1 + tanh(√(2/π) · (x + 0.044715 x³))), an approximation of ``gelu``.
    case geluTanh
    /// x · σ(x), also called swish (Elfwing, Uchibe, Doya, arXiv 1702.03118).
    case silu
    /// x · tanh(log(1 + eˣ)) (Misra, arXiv 1908.08681).
    case mish

    /// The function's value at x; NaN if x is NaN.
    public func value(at x: Float) -> Float { x == -.infinity ? 0 : x * gate(at: x).value }

    /// The function's derivative at x: g(x) + x · g′(x).
    public func derivative(at x: Float) -> Float {
        guard x.isFinite else { return x == .infinity ? 1 : x == -.infinity ? 0 : .nan }
        let gate = gate(at: x)
        return gate.value + x * gate.derivative
    }

    private func gate(at x: Float) -> (value: Float, derivative: Float) {
        switch self {
        case .gelu:
            return (erfc(-x / Float(2).squareRoot()) / 2, exp(-x * x / 2) / (2 * Float.pi).squareRoot())
        case .geluTanh:
            let scale = (2 / Float.pi).squareRoot()
            let t = tanh(scale * (x + 0.044_715 * x * x * x))
            // Where the gate is flat, its slope is 0, even if x² overflows.
            let slope = 1 - t * t
            return ((1 + t) / 2, slope == 0 ? 0 : slope / 2 * scale * (1 + 3 * 0.044_715 * x * x))
        case .silu:
            let σ = Activation.sigmoid.value(at: x)
            return (σ, σ * (1 - σ))
        case .mish:
            let t = tanh(Activation.softplus.value(at: x))
            return (t, (1 - t * t) * Activation.sigmoid.value(at: x))
        }
    }
}
