internal import COneDNN
public import Tensors

extension OneDNNDevice {
    /// The outputs `[batch × time × units]` of an LSTM, time-major in memory.
    public func lstm(_ input: Tensor, _ weights: LSTMWeights, _ direction: ScanDirection) -> Tensor {
        lstmForward(input, weights, direction).output
    }

    /// As `lstm`, remembering gates and cells.
    ///
    /// The input's part of all gates is one product; each step adds the state's part by a smaller one.
    public func lstmForward(
        _ input: Tensor, _ weights: LSTMWeights, _ direction: ScanDirection
    ) -> (output: Tensor, workspace: Workspace) {
        precondition(input.shape.rank == 3, "an LSTM reads [batch × time × features], not \(input.shape)")
        context.useThreads()
        let x = storage(of: input).rows(in: .timeMajor)
        let scan = LSTMScan(input.shape, units: weights.units, direction, in: context)
        let shape = input.shape.replacingLast(with: scan.units)
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
        return (tensor(output, shape), scan)
    }

    /// The gradients of `lstmForward`: the steps backwards for the gates, then one product per weight.
    public func lstmBackward(
        _ outputGradient: Tensor, input: Tensor, output: Tensor, _ weights: LSTMWeights,
        _ direction: ScanDirection, _ workspace: Workspace
    ) -> LSTMGradients {
        guard let scan = workspace as? LSTMScan else {
            preconditionFailure("an LSTM backwards with a workspace of another device")
        }
        context.useThreads()
        let x = storage(of: input).rows(in: .timeMajor), y = storage(of: output).rows(in: .timeMajor)
        let dy = storage(of: outputGradient).rows(in: .timeMajor)
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
        return LSTMGradients(
            input: tensor(projection.input, input.shape),
            weights: LSTMWeights(
                kernel: tensor(projection.kernel, weights.kernel.shape),
                recurrentKernel: tensor(recurrentGradient, weights.recurrentKernel.shape),
                bias: tensor(projection.bias, weights.bias.shape)))
    }
}
