import Foundation

/// A monotonic function whose derivative can be computed from its value.
public enum Activation: String, Sendable, Hashable, Codable, CaseIterable {
    /// x.
    case identity
    /// max(0, x).
    case relu
    /// min(max(0, x), 6).
    case relu6
    /// x if positive, otherwise x / 5.
    case leakyReLU
    /// x if positive, otherwise eˣ − 1 (Clevert, Unterthiner, Hochreiter, arXiv 1511.07289).
    case elu
    /// λ x if positive, otherwise λ α (eˣ − 1) (Klambauer et al., arXiv 1706.02515).
    case selu
    /// log(1 + eˣ).
    case softplus
    /// x / (1 + |x|).
    case softsign
    /// eˣ.
    case exponential
    /// The hyperbolic tangent.
    case tanh
    /// x clamped to −1…1.
    case hardTanh
    /// 1 / (1 + e⁻ˣ).
    case sigmoid
    /// x / 6 + ½ clamped to 0…1: Keras 3's definition.
    case hardSigmoid
    /// x / 5 + ½ clamped to 0…1: Keras 2's definition.
    case keras2HardSigmoid

    private static let seluScale: Float = 1.050_701
    private static let seluLimit: Float = 1.050_701 * 1.673_263_2

    /// The function's value at x; NaN if x is NaN.
    public func value(at x: Float) -> Float {
        switch self {
        case .identity: x
        case .relu: max(x, 0)
        case .relu6: min(max(x, 0), 6)
        case .leakyReLU: x > 0 ? x : x / 5
        case .elu: x > 0 ? x : expm1(x)
        case .selu: x > 0 ? Self.seluScale * x : Self.seluLimit * expm1(x)
        case .softplus: max(x, 0) + log1p(exp(-abs(x)))
        case .softsign: x / (1 + abs(x))
        case .exponential: exp(x)
        case .tanh: Foundation.tanh(x)
        case .hardTanh: min(max(x, -1), 1)
        case .sigmoid: 1 / (1 + exp(-x))
        case .hardSigmoid: min(max(x / 6 + 0.5, 0), 1)
        case .keras2HardSigmoid: min(max(x / 5 + 0.5, 0), 1)
        }
    }

    /// The function's derivative at the point where its value is y; at a corner, the derivative on the flat side.
    public func derivative(whereValueIs y: Float) -> Float {
        switch self {
        case .identity: 1
        case .relu: y > 0 ? 1 : 0
        case .relu6: y > 0 && y < 6 ? 1 : 0
        case .leakyReLU: y > 0 ? 1 : 0.2
        case .elu: y > 0 ? 1 : y + 1
        case .selu: y > 0 ? Self.seluScale : y + Self.seluLimit
        case .softplus: -expm1(-y)
        case .softsign: (1 - abs(y)) * (1 - abs(y))
        case .exponential: y
        case .tanh: 1 - y * y
        case .hardTanh: abs(y) < 1 ? 1 : 0
        case .sigmoid: y * (1 - y)
        case .hardSigmoid: y > 0 && y < 1 ? 1 / 6 : 0
        case .keras2HardSigmoid: y > 0 && y < 1 ? 0.2 : 0
        }
    }
}
