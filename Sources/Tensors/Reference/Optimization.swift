import Foundation

extension Device {
    /// The sum of the squares of all scalars; NaN or infinite exactly if a scalar is or the sum overflows.
    public func squaredNorm(_ tensor: Tensor) -> Double {
        tensor.scalars.reduce(0) { $0 + Double($1) * Double($1) }
    }

    /// The sum of the absolute values of all scalars.
    public func absoluteSum(_ tensor: Tensor) -> Double {
        tensor.scalars.reduce(0) { $0 + Double(abs($1)) }
    }

    /// `target ← target · (1 − amount) + value · scale · amount`.
    public func blend(_ target: inout Tensor, with value: Tensor, scale: Float, amount: Float, _: Checked) {
        let blended = zip(target.scalars, value.scalars).map { $0 * (1 - amount) + $1 * scale * amount }
        target = Tensor(blended, shape: target.shape, like: target)
    }

    /// One step of Adam with decoupled weight decay; see ``AdamStep``.
    public func adam(
        _ parameter: inout Tensor, _ moments: inout Moments, gradient: Tensor, _ step: AdamStep, _: Checked
    ) {
        let firstCorrection = 1 / (1 - pow(step.firstDecay, Float(step.count)))
        let secondCorrection = 1 / (1 - pow(step.secondDecay, Float(step.count)))
        var largest = moments.maximum?.scalars
        update(&parameter, &moments.first, &moments.second, gradient) { index, θ, m, v, gradient in
            let g = step.gradientScale * gradient
            m = step.firstDecay * m + (1 - step.firstDecay) * g
            v = step.secondDecay * v + (1 - step.secondDecay) * g * g
            let variance = largest.map { v <= $0[index] ? $0[index] : v } ?? v
            largest?[index] = variance
            let change = m * firstCorrection / ((variance * secondCorrection).squareRoot() + step.epsilon)
            θ -= step.rate * (step.weightDecay * θ + change)
        }
        moments.maximum = largest.map { Tensor($0, shape: parameter.shape, like: parameter) }
    }

    /// One step of RMSprop; see ``RMSpropStep``.
    public func rmsprop(
        _ parameter: inout Tensor, _ moments: inout Moments, gradient: Tensor, _ step: RMSpropStep,
        _: Checked
    ) {
        update(&parameter, &moments.first, &moments.second, gradient) { _, θ, b, v, gradient in
            let g = step.gradientScale * gradient
            v = step.decay * v + (1 - step.decay) * g * g
            b = step.momentum * b + g / (v.squareRoot() + step.epsilon)
            θ -= step.rate * (step.weightDecay * θ + b)
        }
    }

    /// One step of Adadelta; see ``AdadeltaStep``.
    public func adadelta(
        _ parameter: inout Tensor, _ moments: inout Moments, gradient: Tensor, _ step: AdadeltaStep,
        _: Checked
    ) {
        update(&parameter, &moments.first, &moments.second, gradient) { _, θ, a, d, gradient in
            let g = step.gradientScale * gradient
            a = step.decay * a + (1 - step.decay) * g * g
            let change = (d + step.epsilon).squareRoot() / (a + step.epsilon).squareRoot() * g
            d = step.decay * d + (1 - step.decay) * change * change
            θ -= step.rate * (step.weightDecay * θ + change)
        }
    }

    /// One step of stochastic gradient descent; see ``MomentumStep``.
    public func momentum(
        _ parameter: inout Tensor, velocity: inout Tensor, gradient: Tensor, _ step: MomentumStep, _: Checked
    ) {
        var unused = velocity
        update(&parameter, &velocity, &unused, gradient) { _, θ, v, _, gradient in
            let g = step.gradientScale * gradient
            v = step.momentum * v + g
            θ -= step.rate * (step.weightDecay * θ + (step.nesterov ? g + step.momentum * v : v))
        }
    }
}

/// Applies `change` to the index of each scalar, a parameter, its two running averages and its gradient.
private func update(
    _ parameter: inout Tensor, _ first: inout Tensor, _ second: inout Tensor, _ gradient: Tensor,
    _ change: (Int, inout Float, inout Float, inout Float, Float) -> Void
) {
    var θ = parameter.scalars, a = first.scalars, b = second.scalars
    let g = gradient.scalars
    for index in θ.indices { change(index, &θ[index], &a[index], &b[index], g[index]) }
    parameter = Tensor(θ, shape: parameter.shape, like: parameter)
    first = Tensor(a, shape: parameter.shape, like: parameter)
    second = Tensor(b, shape: parameter.shape, like: parameter)
}
