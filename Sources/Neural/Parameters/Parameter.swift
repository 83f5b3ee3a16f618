public import Tensors

/// A trained tensor and its gradient.
public struct Parameter: Sendable {
    /// The weights.
    public var value: Tensor
    /// The gradient of the last backward pass.
    public var gradient: Tensor?

    /// Whether an optimizer's weight decay applies.
    public let role: Role
    /// A penalty that is added to the loss.
    public let regularizer: Regularizer?
    /// Applied after each step of an optimizer.
    public let constraint: Constraint?

    /// What a parameter does.
    public enum Role: Sendable, Hashable {
        /// Multiplies inputs: a kernel or a table. Weight decay applies.
        case weight
        /// Shifts or scales each output: a bias, the scale of a normalization. Weight decay does not apply.
        case bias
    }

    /// A parameter that has no gradient yet.
    ///
    /// - Parameters:
    ///   - value: The weights.
    ///   - role: By default, a bias if `value` has one axis or none, otherwise a weight.
    ///   - regularizer: A penalty that is added to the loss.
    ///   - constraint: Applied after each step of an optimizer.
    public init(
        _ value: Tensor, role: Role? = nil, regularizer: Regularizer? = nil, constraint: Constraint? = nil
    ) {
        self.value = value
        self.role = role ?? (value.shape.rank > 1 ? .weight : .bias)
        self.regularizer = regularizer
        self.constraint = constraint
    }

    /// A parameter whose initial values are drawn.
    init(
        _ shape: Shape, _ rules: ParameterRules, role: Role? = nil, on device: any Device,
        using generator: inout some RandomNumberGenerator
    ) {
        self.init(
            rules.initializer.tensor(shape, on: device, using: &generator), role: role,
            regularizer: rules.regularizer, constraint: rules.constraint)
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
