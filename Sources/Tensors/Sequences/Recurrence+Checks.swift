internal import Requirements

extension Recurrence {
    /// Traps unless a sequence, its mask and states, and the weights fit each other.
    ///
    /// Every device checks before it computes: fast kernels rely on these shapes without further checks.
    package func check(_ input: RecurrentInput, _ weights: RecurrentWeights) {
        let shape = input.sequence.shape
        require(
            shape.rank == 3 && shape[1] > 0,
            "a recurrence reads [batch × time × features] of time > 0, not \(shape)")
        check(weights, features: shape[2])
        require(
            input.mask.map { $0.shape == [shape[0], shape[1]] } ?? true,
            "a mask \(input.mask?.shape ?? []) for a sequence \(shape)")
        check(states: input.state, [shape[0], weights.units])
    }

    /// Traps unless gradients have the shapes of the recurrence's output for an input.
    package func check(
        gradient: RecurrentOutput, for input: RecurrentInput, _ weights: RecurrentWeights
    ) {
        let outputs = input.sequence.shape.replacingLast(with: weights.units)
        require(
            gradient.output.shape == outputs, "a gradient \(gradient.output.shape) for outputs \(outputs)")
        check(states: gradient.state, [outputs[0], weights.units])
    }

    private func check(_ weights: RecurrentWeights, features: Int) {
        let width = kind.gates * weights.units
        let kernel: Shape = [features, width], recurrent: Shape = [weights.units, width]
        let bias: Shape = kind == .gru(resetAfter: true) ? [2, width] : [width]
        require(
            weights.kernel.shape == kernel && weights.recurrentKernel.shape == recurrent
                && weights.bias.shape == bias,
            """
            kernel \(weights.kernel.shape), recurrent kernel \(weights.recurrentKernel.shape) and bias \
            \(weights.bias.shape) instead of \(kernel), \(recurrent) and \(bias)
            """)
    }

    private func check(states: [Tensor], _ shape: Shape) {
        require(
            states.isEmpty || states.map(\.shape) == [Shape](repeating: shape, count: kind.states),
            "states \(states.map(\.shape)) instead of \(kind.states) of \(shape)")
    }
}
