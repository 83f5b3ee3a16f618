internal import Tensors

/// A penalty on large weights that is added to the loss.
///
/// ``Parameterized/regularizationLoss()`` returns the sum of all penalties. Their gradients need no call:
/// ``Optimizer/step(_:rate:gradientScale:)`` adds them to those of the backward pass, and
/// ``Parameterized/gradientNorm()`` includes them.
public struct Regularizer: Sendable, Hashable {
    /// The factor of `Σ|w|`.
    public var l1: Float
    /// The factor of `Σw²`.
    public var l2: Float

    /// `l1 · Σ|w| + l2 · Σw²`, as Keras' `L1L2`.
    public init(l1: Float = 0, l2: Float = 0) {
        self.l1 = l1
        self.l2 = l2
    }

    /// `factor · Σ|w|`.
    public static func l1(_ factor: Float) -> Regularizer { Regularizer(l1: factor) }
    /// `factor · Σw²`.
    public static func l2(_ factor: Float) -> Regularizer { Regularizer(l2: factor) }

    /// The penalty of some weights.
    func loss(of weights: Tensor) -> Double {
        let device = weights.device
        let absolute = l1 == 0 ? 0 : Double(l1) * device.absoluteSum(weights)
        return absolute + (l2 == 0 ? 0 : Double(l2) * device.squaredNorm(weights))
    }

    /// `l1 · sign(w) + l2 · 2w`.
    func gradient(of weights: Tensor) -> Tensor {
        let square = 2 * l2 * weights
        return l1 == 0 ? square : l1 * weights.signs() + square
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
