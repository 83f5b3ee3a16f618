internal import Tensors

/// A condition that weights satisfy after every step of an optimizer.
///
/// A norm sums over some axes of the weights; each index of the other axes has a norm of its own. Over axis 0, it is
/// the norm of one output's weights, a column of a kernel `[inputs × outputs]`; over axes 0, 1 and 2, that of one
/// filter of a convolution.
public enum Constraint: Sendable, Hashable {
    /// No negative weights.
    case nonNegative
    /// A Euclidean norm within limits; `rate` is the share of the way there that each step moves, from 0 to 1.
    case norm(ClosedRange<Float>, rate: Float = 1, axes: [Int] = [0])

    /// A Euclidean norm of 1.
    public static func unitNorm(axes: [Int] = [0]) -> Constraint { .norm(1...1, axes: axes) }
    /// A Euclidean norm of at most `limit`.
    public static func maxNorm(_ limit: Float, axes: [Int] = [0]) -> Constraint {
        .norm(0...limit, axes: axes)
    }

    /// The constrained weights.
    func applied(to weights: Tensor) -> Tensor {
        switch self {
        case .nonNegative: weights.activated(.relu)
        case .norm(let range, let rate, let axes):
            weights.device.normLimited(weights, NormLimits(range, rate: rate, axes: axes))
        }
    }
}
