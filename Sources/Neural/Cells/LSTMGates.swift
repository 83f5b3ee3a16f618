internal import Tensors

/// The activated gates and the cell of one step of long short-term memory, each `[batch × … × units]`.
struct LSTMGates: Sendable {
    private let input: Tensor, forget: Tensor, candidate: Tensor, output: Tensor
    private let previous: Tensor, cell: Tensor, activatedCell: Tensor
    private let gate: Activation, activation: Activation

    /// `[i f g o]` are the activated parts of `sums` `[batch × … × 4·units]`; `c = f · previous + i · g`.
    init(sums: Tensor, previous: Tensor, _ configuration: CellConfiguration) {
        (gate, activation) = (configuration.recurrentActivation, configuration.activation)
        let sums = sums.split(into: 4)
        input = sums[0].activated(gate)
        forget = sums[1].activated(gate)
        candidate = sums[2].activated(activation)
        output = sums[3].activated(gate)
        cell = forget * previous + input * candidate
        activatedCell = cell.activated(activation)
        self.previous = previous
    }

    /// The output `h = o · tanh(c)`, and the states h and c.
    var result: CellOutput {
        let h = output * activatedCell
        return CellOutput(h, state: [h, cell])
    }

    /// The gradients for the sums and for the cell before the step.
    func backward(_ gradient: CellOutput) -> (sums: Tensor, cell: Tensor) {
        let dh = gradient.output + gradient.state[0]
        let dc = gradient.state[1] + (dh * output).backward(through: activation, output: activatedCell)
        let dInput = (dc * candidate).backward(through: gate, output: input)
        let dForget = (dc * previous).backward(through: gate, output: forget)
        let dCandidate = (dc * input).backward(through: activation, output: candidate)
        let dOutput = (dh * activatedCell).backward(through: gate, output: output)
        return (.concatenated([dInput, dForget, dCandidate, dOutput]), dc * forget)
    }
}
