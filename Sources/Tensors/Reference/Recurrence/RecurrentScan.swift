extension Device {
    /// The outputs and final states of a recurrence; see ``Recurrence``.
    public func recurrence(
        _ input: RecurrentInput, _ weights: RecurrentWeights, _ recurrence: Recurrence, _: Checked
    ) -> RecurrentOutput {
        recurrenceForward(input, weights, recurrence).output
    }

    /// As `recurrence`, with a workspace for the backward pass; computed sample by sample, step by step.
    public func recurrenceForward(
        _ input: RecurrentInput, _ weights: RecurrentWeights, _ recurrence: Recurrence, _: Checked
    ) -> (output: RecurrentOutput, contents: any Sendable) {
        let scan = ReferenceScan(input, recurrence, units: weights.units)
        let cell = recurrence.kind.referenceCell(weights)
        let bias = Tensor([cell.bias], shape: [weights.kernel.shape.last], like: weights.bias)
        let x = linear(input.sequence, kernel: weights.kernel, bias: bias).rows
        var memory = [StepMemory?](repeating: nil, count: x.count)
        var outputs = [Row](repeating: .zeros(scan.units), count: x.count)
        var states = scan.states(input.state)
        for sample in 0..<scan.batch {
            var last = Row.zeros(scan.units)
            for row in scan.rows(of: sample) {
                if scan.reads(row) {
                    let (next, gates) = cell.step(x[row], states[sample])
                    memory[row] = StepMemory(previous: states[sample], gates: gates)
                    states[sample] = next
                    last = next[0]
                }
                if scan.reads(row) || !recurrence.zeroOutputForMask { outputs[row] = last }
            }
        }
        let output = Tensor(
            outputs, shape: input.sequence.shape.replacingLast(with: scan.units), like: input.sequence)
        return (RecurrentOutput(output, state: scan.tensors(states, like: output)), memory)
    }

    /// The gradients of `recurrenceForward`, from those of its outputs and final states. Missing gradients of the
    /// states count as zeros. Follows the chain rule from the last step of the scan to the first.
    public func recurrenceBackward(
        _ gradient: RecurrentOutput, input: RecurrentInput, output: RecurrentOutput,
        _ weights: RecurrentWeights, _ recurrence: Recurrence, _ contents: any Sendable, _: Checked
    ) -> RecurrentGradients {
        guard let memory = contents as? [StepMemory?] else {
            fatalError("contents of a workspace of another device")
        }
        let scan = ReferenceScan(input, recurrence, units: weights.units)
        var cell = recurrence.kind.referenceCell(weights)
        let (dSums, dStates) = scan.backward(gradient, memory, &cell)
        let x = input.sequence, shape = x.shape.replacingLast(with: weights.kernel.shape.last)
        let projection = linearBackward(
            Tensor(dSums, shape: shape, like: x), input: x, kernel: weights.kernel)
        return RecurrentGradients(
            input: RecurrentInput(
                projection.input, state: input.state.isEmpty ? [] : scan.tensors(dStates, like: x)),
            weights: RecurrentWeights(
                kernel: projection.kernel,
                recurrentKernel: Tensor(
                    [cell.recurrent.kernelGradient], shape: weights.recurrentKernel.shape, like: x),
                bias: Tensor(
                    projection.bias.scalars + cell.recurrentBiasGradient.values, shape: weights.bias.shape,
                    like: x)))
    }
}

/// The rows (sample · time + t) of a sequence in the order of reading, and the states of its samples.
private struct ReferenceScan {
    let batch: Int
    let time: Int
    let units: Int
    let recurrence: Recurrence
    private let mask: [Float]?

    init(_ input: RecurrentInput, _ recurrence: Recurrence, units: Int) {
        let shape = input.sequence.shape
        (batch, time) = (shape[0], shape[1])
        self.units = units
        self.recurrence = recurrence
        mask = input.mask?.scalars
    }

    func reads(_ row: Int) -> Bool { mask.map { $0[row] != 0 } ?? true }

    /// The rows of a sample in the order of the scan.
    func rows(of sample: Int) -> [Int] {
        let rows = Array(sample * time..<(sample + 1) * time)
        return recurrence.direction == .forward ? rows : rows.reversed()
    }

    /// The gradients for the projected inputs of each row, and for the initial states of each sample. Adds those of the
    /// recurrent weights to `cell`.
    func backward(
        _ gradient: RecurrentOutput, _ memory: [StepMemory?], _ cell: inout any ReferenceCell
    ) -> (inputs: [Row], states: [[Row]]) {
        let dOutputs = gradient.output.rows
        var dStates = states(gradient.state)
        var dx = [Row](repeating: .zeros(cell.bias.values.count), count: memory.count)
        for sample in 0..<batch {
            var repeated = Row.zeros(units)
            for row in rows(of: sample).reversed() {
                if let step = memory[row] {
                    dStates[sample][0] = dStates[sample][0] + dOutputs[row] + repeated
                    (dx[row], dStates[sample]) = cell.gradient(step, dStates[sample])
                    repeated = .zeros(units)
                } else if !recurrence.zeroOutputForMask {
                    repeated = repeated + dOutputs[row]
                }
            }
        }
        return (dx, dStates)
    }

    /// Tensors `[batch × units]` as the states of each sample; zeros if there are none.
    func states(_ tensors: [Tensor]) -> [[Row]] {
        let rows = tensors.map(\.rows)
        let zeros = [Row](repeating: .zeros(units), count: recurrence.kind.states)
        return (0..<batch).map { sample in rows.isEmpty ? zeros : rows.map { $0[sample] } }
    }

    /// The states of each sample as tensors.
    func tensors(_ states: [[Row]], like tensor: Tensor) -> [Tensor] {
        (0..<recurrence.kind.states).map { index in
            Tensor(states.map { $0[index] }, shape: [batch, units], like: tensor)
        }
    }
}
