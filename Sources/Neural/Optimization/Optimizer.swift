internal import Requirements
public import Tensors

/// Updates parameters by their gradients, and keeps a state for each.
public struct Optimizer: Sendable {
    /// The update rule and its constants.
    public let method: Method
    /// The number of steps so far.
    public private(set) var count = 0
    /// The state of Adam or Adadelta for each parameter, by name.
    public private(set) var moments: [String: Moments] = [:]
    /// The velocity of each parameter in gradient descent with momentum, by name.
    public private(set) var velocities: [String: Tensor] = [:]

    /// An update rule.
    public enum Method: Sendable, Hashable, Codable {
        /// Adam with decoupled weight decay; plain Adam if the decay is zero.
        case adam(weightDecay: Float = 0, firstDecay: Float = 0.9, secondDecay: Float = 0.999)
        /// Adadelta, the optimizer of the CRNN paper.
        case adadelta(weightDecay: Float = 0, decay: Float = 0.9)
        /// Stochastic gradient descent with momentum.
        case sgd(weightDecay: Float = 0, momentum: Float = 0.9)
    }

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
        var update = Update(optimizer: self, rate: rate, gradientScale: gradientScale)
        (moments, velocities) = ([:], [:])
        model.visitParameters(&update)
        (moments, velocities) = (update.optimizer.moments, update.optimizer.velocities)
    }

    fileprivate mutating func update(
        _ parameter: inout Parameter, named name: String, rate: Float, scale: Float
    ) {
        guard let gradient = parameter.objectiveGradient else { return }
        let device = gradient.device
        let decays: Float = parameter.role == .weight ? 1 : 0
        switch method {
        case .adam(let weightDecay, let firstDecay, let secondDecay):
            let step = AdamStep(
                rate: rate, firstDecay: firstDecay, secondDecay: secondDecay,
                weightDecay: decays * weightDecay,
                gradientScale: scale, count: count)
            var state = removeMoments(of: parameter, named: name)
            device.adam(&parameter.value, &state, gradient: gradient, step)
            moments[name] = state
        case .adadelta(let weightDecay, let decay):
            let step = AdadeltaStep(
                rate: rate, decay: decay, weightDecay: decays * weightDecay, gradientScale: scale)
            var state = removeMoments(of: parameter, named: name)
            device.adadelta(&parameter.value, &state, gradient: gradient, step)
            moments[name] = state
        case .sgd(let weightDecay, let momentum):
            let step = MomentumStep(
                rate: rate, momentum: momentum, weightDecay: decays * weightDecay, gradientScale: scale)
            var velocity = velocities.removeValue(forKey: name) ?? parameter.value.zeros
            device.momentum(&parameter.value, velocity: &velocity, gradient: gradient, step)
            velocities[name] = velocity
        }
        if let constraint = parameter.constraint { parameter.value = constraint.applied(to: parameter.value) }
    }

    /// Removes and returns the state of a parameter, so that it can be changed in place.
    private mutating func removeMoments(of parameter: Parameter, named name: String) -> Moments {
        moments.removeValue(forKey: name)
            ?? Moments(first: parameter.value.zeros, second: parameter.value.zeros)
    }
}

private struct Update: ParameterVisitor {
    var path: [String] = []
    private var names: Set<String> = []
    var optimizer: Optimizer
    let rate: Float
    let gradientScale: Float

    init(optimizer: Optimizer, rate: Float, gradientScale: Float) {
        (self.optimizer, self.rate, self.gradientScale) = (optimizer, rate, gradientScale)
    }

    mutating func visit(_ parameter: inout Parameter) {
        require(
            names.insert(name).inserted,
            "two parameters are named \"\(name)\"; visit each under a name of its own")
        optimizer.update(&parameter, named: name, rate: rate, scale: gradientScale)
    }
}
