/// The kernels of optimization with their checks; see the requirements of the same names.
extension Device {
    /// The weights, scaled so that their norms over some axes move into a range; see ``NormLimits``.
    public func normLimited(_ weights: Tensor, _ limits: NormLimits) -> Tensor {
        normLimited(weights, limits, .norms(weights.shape, over: limits.axes))
    }

    /// `target ← target · (1 − amount) + value · scale · amount`.
    public func blend(_ target: inout Tensor, with value: Tensor, scale: Float = 1, amount: Float) {
        blend(
            &target, with: value, scale: scale, amount: amount,
            .same(target.shape, value.shape, "a blend"))
    }

    /// One step of Adam; see ``AdamStep``.
    public func adam(
        _ parameter: inout Tensor, _ moments: inout Moments, gradient: Tensor, _ step: AdamStep
    ) {
        let checked = Checked.update(parameter, gradient: gradient, moments)
        adam(&parameter, &moments, gradient: gradient, step, checked)
    }

    /// One step of Adadelta; see ``AdadeltaStep``.
    public func adadelta(
        _ parameter: inout Tensor, _ moments: inout Moments, gradient: Tensor, _ step: AdadeltaStep
    ) {
        let checked = Checked.update(parameter, gradient: gradient, moments)
        adadelta(&parameter, &moments, gradient: gradient, step, checked)
    }

    /// One step of RMSprop; see ``RMSpropStep``.
    public func rmsprop(
        _ parameter: inout Tensor, _ moments: inout Moments, gradient: Tensor, _ step: RMSpropStep
    ) {
        let checked = Checked.update(parameter, gradient: gradient, moments)
        rmsprop(&parameter, &moments, gradient: gradient, step, checked)
    }

    /// One step of stochastic gradient descent; see ``MomentumStep``.
    public func momentum(
        _ parameter: inout Tensor, velocity: inout Tensor, gradient: Tensor, _ step: MomentumStep
    ) {
        let checked = Checked.update(parameter, gradient: gradient, velocity)
        momentum(&parameter, velocity: &velocity, gradient: gradient, step, checked)
    }
}
