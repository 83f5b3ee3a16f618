internal import COneDNN
public import Tensors

extension OneDNNDevice {
    /// The outputs of a recurrence `[batch × time × units]`, time-major in memory, and its final states.
    public func recurrence(
        _ input: RecurrentInput, _ weights: RecurrentWeights, _ recurrence: Recurrence
    ) -> RecurrentOutput {
        recurrenceForward(input, weights, recurrence).output
    }

    /// As `recurrence`, remembering gates and cells.
    ///
    /// The input's part of all gates is one product; each step adds the state's part by a smaller one.
    public func recurrenceForward(
        _ input: RecurrentInput, _ weights: RecurrentWeights, _ recurrence: Recurrence
    ) -> (output: RecurrentOutput, workspace: Workspace) {
        let sequence = input.sequence
        precondition(
            sequence.shape.rank == 3, "a recurrence reads [batch × time × features], not \(sequence.shape)")
        guard recurrence.kind == .lstm, input.mask == nil, input.state.isEmpty else {
            return ReferenceDevice().recurrenceForward(input, weights, recurrence)
        }
        context.useThreads()
        let x = storage(of: sequence).rows(in: .timeMajor)
        let scan = LSTMScan(sequence.shape, units: weights.units, recurrence.direction, in: context)
        let shape = sequence.shape.replacingLast(with: scan.units)
        let output = context.memory(.timeMajor(shape))
        let kernel = rowMajor(weights.kernel), recurrent = rowMajor(weights.recurrentKernel)
        let bias = rowMajor(weights.bias)
        withExtendedLifetime((x, kernel, recurrent, bias)) {
            multiply(
                x.operand, Operand(floats: kernel.floats, stride: scan.width), into: scan.gates.floats,
                rows: x.rows, columns: scan.width, inner: x.columns)
            scan.fill(
                output.floats, recurrent: Operand(floats: recurrent.floats, stride: scan.width),
                bias: bias.floats)
        }
        let outputs = tensor(output, shape)
        let last = recurrence.direction == .forward ? scan.time - 1 : 0
        let cells = tensor(scan.cells, [scan.time, scan.batch * scan.units])
        let state = [
            step(outputs, at: last),
            reshaped(
                rows(of: cells, at: Tensor([Float(last)], shape: [1], on: self)),
                to: [scan.batch, scan.units]),
        ]
        return (RecurrentOutput(outputs, state: state), scan)
    }

    /// The gradients of `recurrenceForward`: the steps backwards for the gates, then one product per weight.
    public func recurrenceBackward(
        _ gradient: RecurrentOutput, input: RecurrentInput, output: RecurrentOutput,
        _ weights: RecurrentWeights, _ recurrence: Recurrence, _ workspace: Workspace
    ) -> RecurrentGradients {
        guard let scan = workspace as? LSTMScan else {
            return ReferenceDevice().recurrenceBackward(
                gradient, input: input, output: output, weights, recurrence, workspace)
        }
        context.useThreads()
        let x = storage(of: input.sequence).rows(in: .timeMajor)
        let y = storage(of: output.output).rows(in: .timeMajor)
        let dy = storage(of: gradient.output).rows(in: .timeMajor)
        let recurrent = rowMajor(weights.recurrentKernel)
        let gates = RowMatrix(
            memory: context.memory(.dense([x.rows, scan.width])), order: .timeMajor, rows: x.rows,
            columns: scan.width)
        let recurrentGradient = context.memory(.rowMajor(weights.recurrentKernel.shape))
        withExtendedLifetime((y, dy, recurrent)) {
            scan.fillGradients(
                gates.floats, outputGradient: dy.floats,
                recurrent: Operand(floats: recurrent.floats, stride: scan.width), in: context)
            scan.multiplyStates(y.floats, gates.floats, into: recurrentGradient.floats)
        }
        let projection = projectionGradients(gates, x, kernel: weights.kernel)
        return RecurrentGradients(
            input: RecurrentInput(tensor(projection.input, input.sequence.shape)),
            weights: RecurrentWeights(
                kernel: tensor(projection.kernel, weights.kernel.shape),
                recurrentKernel: tensor(recurrentGradient, weights.recurrentKernel.shape),
                bias: tensor(projection.bias, weights.bias.shape)))
    }
}
