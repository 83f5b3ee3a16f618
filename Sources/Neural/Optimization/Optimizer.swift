internal import Requirements
public import Tensors

/// Updates parameters by their gradients, and keeps a state for each.
public struct Optimizer: Sendable {
    /// The update rule and its constants.
    public let method: Method
    /// The number of steps so far.
    public private(set) var count = 0
    /// The state of Adam, Adadelta or RMSprop for each parameter, by name.
    public private(set) var moments: [String: Moments] = [:]
    /// The velocity of each parameter in gradient descent with momentum, by name.
    public private(set) var velocities: [String: Tensor] = [:]

    /// An optimizer before its first step.
    public init(_ method: Method) { self.method = method }

    /// An optimizer that resumes after `count` steps with its saved state.
    public init(
        _ method: Method, count: Int, moments: [String: Moments] = [:], velocities: [String: Tensor] = [:]
    ) {
        self.method = method
        self.count = count
        self.moments = moments
        self.velocities = velocities
    }

    /// Updates every parameter that has a gradient. Weight decay applies to parameters whose ``Parameter/role`` is a
    /// weight, not to biases, scales and shifts.
    ///
    /// Adds the gradients of regularizers before the update, and applies constraints after it. Traps if two parameters
    /// have one name: they would share their state.
    ///
    /// - Parameters:
    ///   - model: The model to update.
    ///   - rate: The learning rate of this step.
    ///   - gradientScale: A factor for all gradients; see ``clippingFactor(norm:limit:)``.
    public mutating func step(_ model: inout some Parameterized, rate: Float, gradientScale: Float = 1) {
        count += 1
        let factors = StepFactors(rate: rate, gradientScale: gradientScale, count: count)
        var update = Update(optimizer: self, factors: factors)
        (moments, velocities) = ([:], [:])
        model.visitParameters(&update)
        (moments, velocities) = (update.optimizer.moments, update.optimizer.velocities)
    }

    fileprivate mutating func update(_ parameter: inout Parameter, named name: String, _ factors: StepFactors)
    {
        guard let gradient = parameter.objectiveGradient else { return }
        var factors = factors
        factors.decays = parameter.role == .weight ? 1 : 0
        if let step = method.momentumStep(factors) {
            var velocity = velocities.removeValue(forKey: name) ?? parameter.value.zeros
            gradient.device.momentum(&parameter.value, velocity: &velocity, gradient: gradient, step)
            velocities[name] = velocity
        } else {
            // Removed, so that it is changed in place.
            var state = moments.removeValue(forKey: name) ?? Moments(zerosLike: parameter.value)
            method.update(&parameter.value, &state, gradient, factors)
            moments[name] = state
        }
        if let constraint = parameter.constraint { parameter.value = constraint.applied(to: parameter.value) }
    }
}

private struct Update: ParameterVisitor {
    var path: [String] = []
    private var names: Set<String> = []
    var optimizer: Optimizer
    let factors: StepFactors

    init(optimizer: Optimizer, factors: StepFactors) { (self.optimizer, self.factors) = (optimizer, factors) }

    mutating func visit(_ parameter: inout Parameter) {
        require(
            names.insert(name).inserted,
            "two parameters are named \"\(name)\"; visit each under a name of its own")
        optimizer.update(&parameter, named: name, factors)
    }
}
