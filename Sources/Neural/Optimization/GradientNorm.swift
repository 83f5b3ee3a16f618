internal import Tensors

extension Parameterized {
    /// The Euclidean norm of all gradients together, including those of regularizers; not finite if one of them is not.
    public func gradientNorm() -> Float {
        var sum = GradientNorm()
        var model = self
        model.visitParameters(&sum)
        return Float(sum.squares.squareRoot())
    }
}

private struct GradientNorm: ParameterVisitor {
    var path: [String] = []
    var squares = 0.0

    mutating func visit(_ parameter: inout Parameter) {
        if let gradient = parameter.objectiveGradient { squares += gradient.device.squaredNorm(gradient) }
    }
}

/// The factor that reduces gradients of norm `norm` to a norm of at most `limit`; 1 without a limit (Pascanu, Mikolov,
/// Bengio, arXiv 1211.5063).
public func clippingFactor(norm: Float, limit: Float?) -> Float {
    guard let limit, norm > limit else { return 1 }
    return limit / norm
}
