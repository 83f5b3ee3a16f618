import Foundation

/// One step of a recurrence for one sample, in plain formulas.
protocol ReferenceCell {
    /// Added to the input's product.
    var bias: Row { get }
    /// The products of states and the recurrent kernel.
    var recurrent: RecurrentProduct { get }
    /// The gradient of a bias that is added to the state's product, so far; empty where there is none.
    var recurrentBiasGradient: Row { get }

    /// The states after a step that sees `x`, the input's product, and what the gradient needs.
    func step(_ x: Row, _ state: [Row]) -> (state: [Row], gates: [Row])
    /// The gradients for the input's product and for the states before the step.
    mutating func gradient(_ memory: StepMemory, _ stateGradient: [Row]) -> (x: Row, state: [Row])
}

/// The states before a step, and what the cell computed in it.
struct StepMemory: Sendable {
    let previous: [Row]
    let gates: [Row]
}

extension Recurrence.Kind {
    func referenceCell(_ weights: RecurrentWeights) -> any ReferenceCell {
        let recurrent = RecurrentProduct(weights.recurrentKernel)
        let biases = Row(values: weights.bias.scalars).parts(of: weights.kernel.shape.last)
        switch self {
        case .simple(let activation):
            return SimpleCell(activation: activation, bias: biases[0], recurrent: recurrent)
        case .lstm: return LSTMCell(bias: biases[0], recurrent: recurrent)
        case .gru(resetAfter: false): return GRUCell(bias: biases[0], recurrent: recurrent)
        case .gru(resetAfter: true):
            return ResetAfterGRUCell(bias: biases[0], recurrentBias: biases[1], recurrent: recurrent)
        }
    }
}

/// The product of a state and some columns of the recurrent kernel, and its gradients.
struct RecurrentProduct {
    let values: [Float]
    let units: Int
    let width: Int
    private(set) var kernelGradient: Row

    init(_ kernel: Tensor) {
        values = kernel.scalars
        (units, width) = (kernel.shape[0], kernel.shape[1])
        kernelGradient = .zeros(values.count)
    }

    /// The product of a state and blocks of `units` columns.
    func callAsFunction(_ state: Row, gates: Range<Int>) -> Row {
        Row(
            values: columns(gates).map { column in
                (0..<units).reduce(0) { $0 + state.values[$1] * values[$1 * width + column] }
            })
    }

    /// Adds to the kernel's gradient and gives the state's.
    mutating func gradient(_ state: Row, gates: Range<Int>, _ outputGradient: Row) -> Row {
        var dState = Row.zeros(units)
        for u in 0..<units {
            for (column, dy) in zip(columns(gates), outputGradient.values) {
                kernelGradient.values[u * width + column] += state.values[u] * dy
                dState.values[u] += values[u * width + column] * dy
            }
        }
        return dState
    }

    private func columns(_ gates: Range<Int>) -> Range<Int> {
        gates.lowerBound * units..<gates.upperBound * units
    }
}

private struct SimpleCell: ReferenceCell {
    let activation: Activation
    let bias: Row
    var recurrent: RecurrentProduct
    var recurrentBiasGradient: Row { .zeros(0) }

    func step(_ x: Row, _ state: [Row]) -> (state: [Row], gates: [Row]) {
        let h = (x + recurrent(state[0], gates: 0..<1)).map { activation.value(at: $0) }
        return ([h], [h])
    }

    mutating func gradient(_ memory: StepMemory, _ dState: [Row]) -> (x: Row, state: [Row]) {
        let dx = dState[0] * memory.gates[0].map { activation.derivative(whereValueIs: $0) }
        return (dx, [recurrent.gradient(memory.previous[0], gates: 0..<1, dx)])
    }
}

private struct LSTMCell: ReferenceCell {
    let bias: Row
    var recurrent: RecurrentProduct
    var recurrentBiasGradient: Row { .zeros(0) }

    func step(_ x: Row, _ state: [Row]) -> (state: [Row], gates: [Row]) {
        let sums = (x + recurrent(state[0], gates: 0..<4)).parts(of: recurrent.units)
        let i = sigmoid(sums[0]), f = sigmoid(sums[1]), g = tanh(sums[2]), o = sigmoid(sums[3])
        let c = f * state[1] + i * g
        return ([o * tanh(c), c], [i, f, g, o, tanh(c)])
    }

    mutating func gradient(_ memory: StepMemory, _ dState: [Row]) -> (x: Row, state: [Row]) {
        let (i, f, g) = (memory.gates[0], memory.gates[1], memory.gates[2])
        let (o, squashed) = (memory.gates[3], memory.gates[4])
        let dc = dState[1] + dState[0] * o * tanhSlope(squashed)
        let dx = Row.joined([
            dc * g * sigmoidSlope(i), dc * memory.previous[1] * sigmoidSlope(f),
            dc * i * tanhSlope(g), dState[0] * squashed * sigmoidSlope(o),
        ])
        return (dx, [recurrent.gradient(memory.previous[0], gates: 0..<4, dx), dc * f])
    }
}

private struct GRUCell: ReferenceCell {
    let bias: Row
    var recurrent: RecurrentProduct
    var recurrentBiasGradient: Row { .zeros(0) }

    func step(_ x: Row, _ state: [Row]) -> (state: [Row], gates: [Row]) {
        let h = state[0], x = x.parts(of: recurrent.units)
        let sums = recurrent(h, gates: 0..<2).parts(of: recurrent.units)
        let z = sigmoid(x[0] + sums[0]), r = sigmoid(x[1] + sums[1])
        let g = tanh(x[2] + recurrent(r * h, gates: 2..<3))
        return ([z * h + z.map { 1 - $0 } * g], [z, r, g])
    }

    mutating func gradient(_ memory: StepMemory, _ dState: [Row]) -> (x: Row, state: [Row]) {
        let (z, r, g) = (memory.gates[0], memory.gates[1], memory.gates[2])
        let h = memory.previous[0], dh = dState[0]
        let dCandidate = dh * z.map { 1 - $0 } * tanhSlope(g)
        let dReset = recurrent.gradient(r * h, gates: 2..<3, dCandidate)
        let dGates = Row.joined([dh * (h - g) * sigmoidSlope(z), dReset * h * sigmoidSlope(r)])
        let dPrevious = dh * z + dReset * r + recurrent.gradient(h, gates: 0..<2, dGates)
        return (.joined([dGates, dCandidate]), [dPrevious])
    }
}

private struct ResetAfterGRUCell: ReferenceCell {
    let bias: Row
    let recurrentBias: Row
    var recurrent: RecurrentProduct
    private(set) var recurrentBiasGradient: Row

    init(bias: Row, recurrentBias: Row, recurrent: RecurrentProduct) {
        (self.bias, self.recurrentBias, self.recurrent) = (bias, recurrentBias, recurrent)
        recurrentBiasGradient = .zeros(recurrentBias.values.count)
    }

    func step(_ x: Row, _ state: [Row]) -> (state: [Row], gates: [Row]) {
        let h = state[0], x = x.parts(of: recurrent.units)
        let sums = (recurrent(h, gates: 0..<3) + recurrentBias).parts(of: recurrent.units)
        let z = sigmoid(x[0] + sums[0]), r = sigmoid(x[1] + sums[1]), g = tanh(x[2] + r * sums[2])
        return ([z * h + z.map { 1 - $0 } * g], [z, r, g, sums[2]])
    }

    mutating func gradient(_ memory: StepMemory, _ dState: [Row]) -> (x: Row, state: [Row]) {
        let (z, r, g, sum) = (memory.gates[0], memory.gates[1], memory.gates[2], memory.gates[3])
        let h = memory.previous[0], dh = dState[0]
        let dUpdate = dh * (h - g) * sigmoidSlope(z)
        let dCandidate = dh * z.map { 1 - $0 } * tanhSlope(g)
        let dReset = dCandidate * sum * sigmoidSlope(r)
        let dSums = Row.joined([dUpdate, dReset, dCandidate * r])
        recurrentBiasGradient = recurrentBiasGradient + dSums
        let dPrevious = dh * z + recurrent.gradient(h, gates: 0..<3, dSums)
        return (.joined([dUpdate, dReset, dCandidate]), [dPrevious])
    }
}

private func sigmoid(_ row: Row) -> Row { row.map { Activation.sigmoid.value(at: $0) } }
private func sigmoidSlope(_ row: Row) -> Row { row.map { Activation.sigmoid.derivative(whereValueIs: $0) } }
private func tanh(_ row: Row) -> Row { row.map { Activation.tanh.value(at: $0) } }
private func tanhSlope(_ row: Row) -> Row { row.map { Activation.tanh.derivative(whereValueIs: $0) } }
