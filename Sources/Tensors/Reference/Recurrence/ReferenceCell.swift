/// One step of a recurrence for one sample, in plain formulas.
protocol ReferenceCell {
    /// The bias of the input's product.
    var bias: Row { get }
    /// The products of states and the recurrent kernel.
    var recurrent: RecurrentProduct { get }
    /// The accumulated gradient of the bias of the state's product; empty if there is none.
    var recurrentBiasGradient: Row { get }

    /// The states after a step, and the values that the gradient needs; `x` is the input's product.
    func step(_ x: Row, _ state: [Row]) -> (state: [Row], gates: [Row])
    /// The gradients for the input's product and for the states before the step.
    mutating func gradient(_ memory: StepMemory, _ stateGradient: [Row]) -> (x: Row, state: [Row])
}

/// The states before a step, and the gates that the cell computed in it.
struct StepMemory: Sendable {
    let previous: [Row]
    let gates: [Row]
}

extension Recurrence.Kind {
    /// The formulas of this kind.
    func referenceCell(_ weights: RecurrentWeights) -> any ReferenceCell {
        let recurrent = RecurrentProduct(weights.recurrentKernel)
        let biases = Row(values: weights.bias.scalars).parts(of: weights.kernel.shape.last)
        switch self {
        case .simple(let activation):
            return ReferenceSimpleCell(activation: activation, bias: biases[0], recurrent: recurrent)
        case .lstm: return ReferenceLSTMCell(bias: biases[0], recurrent: recurrent)
        case .gru(resetAfter: false): return ReferenceGRUCell(bias: biases[0], recurrent: recurrent)
        case .gru(resetAfter: true):
            return ReferenceResetAfterGRUCell(bias: biases[0], recurrentBias: biases[1], recurrent: recurrent)
        }
    }
}
