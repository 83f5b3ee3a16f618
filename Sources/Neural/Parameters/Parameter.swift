public import Tensors

/// A trained tensor and its gradient.
public struct Parameter: Sendable {
    /// The weights.
    public var value: Tensor
    /// The gradient of the last backward pass.
    public var gradient: Tensor?

    /// A penalty that is added to the loss.
    public let regularizer: Regularizer?
    /// Applied after each step of an optimizer.
    public let constraint: Constraint?

    /// A parameter that has no gradient yet.
    public init(_ value: Tensor, regularizer: Regularizer? = nil, constraint: Constraint? = nil) {
        self.value = value
        self.regularizer = regularizer
        self.constraint = constraint
    }

    /// A parameter whose initial values are drawn.
    init(
        _ shape: Shape, _ rules: ParameterRules, on device: any Device,
        using generator: inout some RandomNumberGenerator
    ) {
        self.init(
            rules.initializer.tensor(shape, on: device, using: &generator), regularizer: rules.regularizer,
            constraint: rules.constraint)
    }

    /// Adds to the gradient, for a parameter that is used in several steps of one pass.
    public mutating func accumulate(_ gradient: Tensor) {
        self.gradient = self.gradient.map { $0 + gradient } ?? gradient
    }

    /// The gradient of loss and penalty together.
    var objectiveGradient: Tensor? {
        guard let gradient, let regularizer else { return gradient }
        return gradient + regularizer.gradient(of: value)
    }
}
