internal import Requirements

extension Recurrence {
    /// Traps unless a sequence, its mask and states, and the weights fit each other.
    func check(_ input: RecurrentInput, _ weights: RecurrentWeights) {
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

    /// Traps unless outputs and states, or their gradients, have the shapes that the recurrence gives for an input.
    func check(
        _ found: RecurrentOutput, _ name: String, for input: RecurrentInput, _ weights: RecurrentWeights
    ) {
        let outputs = input.sequence.shape.replacingLast(with: weights.units)
        require(found.output.shape == outputs, "\(name) \(found.output.shape) instead of \(outputs)")
        check(states: found.state, [outputs[0], weights.units])
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
