internal import Tensors

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

/// A penalty for large weights: a part of the objective that depends on them alone.
///
/// ``Parameterized/regularizationLoss()`` tells its sum. Its gradient needs no call: ``Optimizer/step(_:rate:gradientScale:)``
/// adds it to what the backward pass left, and ``Parameterized/gradientNorm()`` counts it.
public struct Regularizer: Sendable, Hashable {
    /// The share of `Σ|w|`.
    public var l1: Float
    /// The share of `Σw²`.
    public var l2: Float

    /// `l1 · Σ|w| + l2 · Σw²`, as Keras' `L1L2`.
    public init(l1: Float = 0, l2: Float = 0) {
        self.l1 = l1
        self.l2 = l2
    }

    /// `share · Σ|w|`.
    public static func l1(_ share: Float) -> Regularizer { Regularizer(l1: share) }
    /// `share · Σw²`.
    public static func l2(_ share: Float) -> Regularizer { Regularizer(l2: share) }

    /// The penalty of some weights.
    func loss(of weights: Tensor) -> Double {
        let device = weights.device
        let absolute = l1 == 0 ? 0 : Double(l1) * device.absoluteSum(weights)
        return absolute + (l2 == 0 ? 0 : Double(l2) * device.squaredNorm(weights))
    }

    /// `l1 · sign(w) + l2 · 2w`.
    func gradient(of weights: Tensor) -> Tensor {
        let device = weights.device
        let square = device.scaled(weights, by: 2 * l2, plus: 0)
        return l1 == 0 ? square : device.sum(device.scaled(device.signs(weights), by: l1, plus: 0), square)
    }
}

/// What weights are held to after every step of an optimizer.
///
/// A norm runs over some axes of the weights, in each place of the others: over axis 0 it is that of each output's
/// weights, a column of a kernel `[inputs × outputs]`; over axes 0, 1, 2 that of each filter of a convolution.
public enum Constraint: Sendable, Hashable {
    /// No weight below zero.
    case nonNegative
    /// A Euclidean norm within limits; `rate` is how far each step goes there, from 0 to 1.
    case norm(ClosedRange<Float>, rate: Float = 1, axes: [Int] = [0])

    /// A Euclidean norm of 1.
    public static func unitNorm(axes: [Int] = [0]) -> Constraint { .norm(1...1, axes: axes) }
    /// A Euclidean norm of at most `limit`.
    public static func maxNorm(_ limit: Float, axes: [Int] = [0]) -> Constraint {
        .norm(0...limit, axes: axes)
    }

    /// The weights as they are held.
    func imposed(on weights: Tensor) -> Tensor {
        switch self {
        case .nonNegative: weights.device.activation(weights, .relu)
        case .norm(let range, let rate, let axes):
            weights.device.normLimited(weights, NormLimits(range, rate: rate, axes: axes))
        }
    }
}

extension Parameter {
    /// The gradient of loss and penalty together.
    var objectiveGradient: Tensor? {
        guard let gradient, let regularizer else { return gradient }
        return gradient.device.sum(gradient, regularizer.gradient(of: value))
    }
}

extension Parameterized {
    /// The sum of all penalties, to be added to the loss.
    public func regularizationLoss() -> Float {
        var sum = RegularizationLoss()
        var model = self
        model.visitParameters(&sum)
        return Float(sum.loss)
    }
}

private struct RegularizationLoss: ParameterVisitor {
    var path: [String] = []
    var loss = 0.0

    mutating func visit(_ parameter: inout Parameter) {
        loss += parameter.regularizer?.loss(of: parameter.value) ?? 0
    }
}
