import Foundation

extension Device {
    /// The plain definition of the kernel.
    public func lstm(_ input: Tensor, _ weights: LSTMWeights, _ direction: ScanDirection) -> Tensor {
        lstmForward(input, weights, direction).output
    }

    /// The plain definition of the kernel (Hochreiter and Schmidhuber 1997, with forget gates):
    ///
    ///     [i f g o] = x kernel + h recurrentKernel + bias
    ///     c ← σ(f) c + σ(i) tanh(g),  h ← σ(o) tanh(c)
    public func lstmForward(
        _ input: Tensor, _ weights: LSTMWeights, _ direction: ScanDirection
    ) -> (output: Tensor, workspace: Workspace) {
        var scan = LSTMScan(input, units: weights.units, direction)
        let units = scan.units
        scan.gates = linear(input, kernel: weights.kernel, bias: weights.bias).scalars
        var output = [Float](repeating: 0, count: scan.cells.count)
        let recurrent = weights.recurrentKernel.scalars
        scan.forEachStep { scan, row, previous in
            let gate = row * 4 * units
            if let previous {
                for u in 0..<units {
                    let state = output[previous * units + u]
                    for g in 0..<4 * units { scan.gates[gate + g] += state * recurrent[u * 4 * units + g] }
                }
            }
            for u in 0..<units {
                let i = sigmoid(scan.gates[gate + u]), f = sigmoid(scan.gates[gate + units + u])
                let g = tanh(scan.gates[gate + 2 * units + u]), o = sigmoid(scan.gates[gate + 3 * units + u])
                let c = f * (previous.map { scan.cells[$0 * units + u] } ?? 0) + i * g
                scan.cells[row * units + u] = c
                output[row * units + u] = o * tanh(c)
                for (offset, value) in [i, f, g, o].enumerated() {
                    scan.gates[gate + offset * units + u] = value
                }
            }
        }
        let shape = input.shape.replacingLast(with: units)
        return (Tensor(output, shape: shape, like: input), scan)
    }

    /// The plain definition of the kernel: the chain rule, step by step against the scan.
    public func lstmBackward(
        _ outputGradient: Tensor, input: Tensor, output: Tensor, _ weights: LSTMWeights,
        _ direction: ScanDirection, _ workspace: Workspace
    ) -> LSTMGradients {
        guard var scan = workspace as? LSTMScan else { preconditionFailure("a workspace of another device") }
        let units = scan.units
        let recurrent = weights.recurrentKernel.scalars, h = output.scalars
        var dh = outputGradient.scalars
        var dc = [Float](repeating: 0, count: scan.cells.count)
        var dRecurrent = [Float](repeating: 0, count: recurrent.count)
        scan.forEachStepBackwards { scan, row, previous in
            scan.replaceGatesByGradients(row, previous, dh: dh, dc: &dc)
            guard let previous else { return }
            for u in 0..<units {
                for g in 0..<4 * units {
                    let gradient = scan.gates[row * 4 * units + g]
                    dh[previous * units + u] += gradient * recurrent[u * 4 * units + g]
                    dRecurrent[u * 4 * units + g] += gradient * h[previous * units + u]
                }
            }
        }
        let dGates = Tensor(scan.gates, shape: input.shape.replacingLast(with: 4 * units), like: input)
        let projection = linearBackward(dGates, input: input, kernel: weights.kernel)
        return LSTMGradients(
            input: projection.input,
            weights: LSTMWeights(
                kernel: projection.kernel,
                recurrentKernel: Tensor(dRecurrent, shape: weights.recurrentKernel.shape, like: input),
                bias: projection.bias))
    }
}

func sigmoid(_ x: Float) -> Float { 1 / (1 + exp(-x)) }

/// The gates `[batch × time × 4·units]` and cells `[batch × time × units]` of one scan.
private struct LSTMScan: Sendable {
    let batch: Int, time: Int, units: Int
    let direction: ScanDirection
    var gates: [Float] = []
    var cells: [Float]

    init(_ input: Tensor, units: Int, _ direction: ScanDirection) {
        precondition(input.shape.rank == 3, "an LSTM reads [batch × time × features], not \(input.shape)")
        (batch, time) = (input.shape[0], input.shape[1])
        self.units = units
        self.direction = direction
        cells = [Float](repeating: 0, count: batch * time * units)
    }

    /// Calls `body` for each row (sample and time) in scan order, with the row of the step before.
    mutating func forEachStep(_ body: (inout LSTMScan, _ row: Int, _ previous: Int?) -> Void) {
        for step in 0..<time { visit(step, body) }
    }

    mutating func forEachStepBackwards(_ body: (inout LSTMScan, _ row: Int, _ previous: Int?) -> Void) {
        for step in (0..<time).reversed() { visit(step, body) }
    }

    private mutating func visit(_ step: Int, _ body: (inout LSTMScan, _ row: Int, _ previous: Int?) -> Void) {
        let t = direction == .forward ? step : time - 1 - step
        let before = direction == .forward ? -1 : 1
        for n in 0..<batch { body(&self, n * time + t, step == 0 ? nil : n * time + t + before) }
    }

    /// Turns one row's gate values into gradients before activation, and hands `dc` to the step before.
    mutating func replaceGatesByGradients(_ row: Int, _ previous: Int?, dh: [Float], dc: inout [Float]) {
        for u in 0..<units {
            let index = row * 4 * units + u
            let (i, f) = (gates[index], gates[index + units])
            let (g, o) = (gates[index + 2 * units], gates[index + 3 * units])
            let squashed = tanh(cells[row * units + u])
            let dCell = dc[row * units + u] + dh[row * units + u] * o * (1 - squashed * squashed)
            gates[index] = dCell * g * i * (1 - i)
            gates[index + units] = dCell * (previous.map { cells[$0 * units + u] } ?? 0) * f * (1 - f)
            gates[index + 2 * units] = dCell * i * (1 - g * g)
            gates[index + 3 * units] = dh[row * units + u] * squashed * o * (1 - o)
            if let previous { dc[previous * units + u] = dCell * f }
        }
    }
}
