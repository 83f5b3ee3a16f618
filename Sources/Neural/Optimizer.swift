public import Tensors

/// A rule that moves parameters against their gradients, and what it remembers of each.
public struct Optimizer: Sendable {
    /// The rule and its constants.
    public let method: Method
    /// How many steps were taken.
    public private(set) var count = 0
    /// What Adam and Adadelta remember of each parameter, by name.
    public private(set) var moments: [String: Moments] = [:]
    /// What gradient descent with momentum remembers of each parameter, by name.
    public private(set) var velocities: [String: Tensor] = [:]

    /// An update rule.
    public enum Method: Sendable, Hashable, Codable {
        /// Adam with decoupled weight decay; plain Adam where the decay is zero.
        case adam(weightDecay: Float = 0, firstDecay: Float = 0.9, secondDecay: Float = 0.999)
        /// Adadelta, as the CRNN paper trains.
        case adadelta(weightDecay: Float = 0, decay: Float = 0.9)
        /// Stochastic gradient descent with momentum.
        case sgd(weightDecay: Float = 0, momentum: Float = 0.9)
    }

    /// An optimizer that has taken no step.
    public init(_ method: Method) { self.method = method }

    /// An optimizer that goes on from `count` steps with what it remembered.
    public init(
        _ method: Method, count: Int, moments: [String: Moments] = [:], velocities: [String: Tensor] = [:]
    ) {
        self.method = method
        self.count = count
        self.moments = moments
        self.velocities = velocities
    }

    /// Moves every parameter that has a gradient. Weight decay spares what has one axis: biases, scales, shifts.
    ///
    /// The gradients of regularizers are added here, and constraints are imposed on what moved.
    ///
    /// - Parameters:
    ///   - model: The parameters.
    ///   - rate: The learning rate of this step.
    ///   - gradientScale: What gradients are multiplied by first; see ``clippingFactor(norm:limit:)``.
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
        let decays: Float = parameter.value.shape.rank > 1 ? 1 : 0
        switch method {
        case .adam(let weightDecay, let firstDecay, let secondDecay):
            let step = AdamStep(
                rate: rate, firstDecay: firstDecay, secondDecay: secondDecay,
                weightDecay: decays * weightDecay,
                gradientScale: scale, count: count)
            var memory = takenMoments(of: parameter, named: name)
            device.adam(&parameter.value, &memory, gradient: gradient, step)
            moments[name] = memory
        case .adadelta(let weightDecay, let decay):
            let step = AdadeltaStep(
                rate: rate, decay: decay, weightDecay: decays * weightDecay, gradientScale: scale)
            var memory = takenMoments(of: parameter, named: name)
            device.adadelta(&parameter.value, &memory, gradient: gradient, step)
            moments[name] = memory
        case .sgd(let weightDecay, let momentum):
            let step = MomentumStep(
                rate: rate, momentum: momentum, weightDecay: decays * weightDecay, gradientScale: scale)
            var velocity = velocities.removeValue(forKey: name) ?? parameter.value.zeros
            device.momentum(&parameter.value, velocity: &velocity, gradient: gradient, step)
            velocities[name] = velocity
        }
        if let constraint = parameter.constraint { parameter.value = constraint.imposed(on: parameter.value) }
    }

    /// What is remembered of a parameter, handed over so that it can be changed in place.
    private mutating func takenMoments(of parameter: Parameter, named name: String) -> Moments {
        moments.removeValue(forKey: name)
            ?? Moments(first: parameter.value.zeros, second: parameter.value.zeros)
    }
}

private struct Update: ParameterVisitor {
    var path: [String] = []
    var optimizer: Optimizer
    let rate: Float
    let gradientScale: Float

    mutating func visit(_ parameter: inout Parameter) {
        optimizer.update(&parameter, named: name, rate: rate, scale: gradientScale)
    }
}

extension Parameterized {
    /// The Euclidean norm of all gradients together, those of regularizers included; not finite where one of them is not.
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

extension Parameterized {
    /// How many scalars are learnt.
    public var parameterCount: Int {
        var sum = ParameterCount()
        var model = self
        model.visitParameters(&sum)
        return sum.count
    }
}

private struct ParameterCount: ParameterVisitor {
    var path: [String] = []
    var count = 0

    mutating func visit(_ parameter: inout Parameter) { count += parameter.value.shape.count }
}

/// What gradients of norm `norm` are multiplied by so that they do not exceed `limit`
/// (Pascanu, Mikolov, Bengio, arXiv 1211.5063); 1 without a limit.
public func clippingFactor(norm: Float, limit: Float?) -> Float {
    guard let limit, norm > limit else { return 1 }
    return limit / norm
}
