internal import CKernels
internal import Tensors

/// The activated gates `[time × batch × 4·units]` and cells `[time × batch × units]` of one scan.
///
/// The rows of one time step lie side by side, so that a step is one matrix product and one pass over them.
struct LSTMScan: Sendable {
    let batch: Int
    let time: Int
    let units: Int
    let direction: ScanDirection
    let gates: Memory
    let cells: Memory

    init(_ input: Shape, units: Int, _ direction: ScanDirection, in context: Context) {
        (batch, time) = (input[0], input[1])
        self.units = units
        self.direction = direction
        gates = context.memory(.dense([time, batch, 4 * units]))
        cells = context.memory(.dense([time, batch, units]))
    }

    /// The columns of the gates.
    var width: Int { 4 * units }

    /// The time at which the scan's `step` happens.
    private func time(of step: Int) -> Int { direction == .forward ? step : time - 1 - step }

    /// Walks the steps in scan order: gates hold the input's part and are activated, states go to `output`.
    func fill(_ output: UnsafeMutablePointer<Float>, recurrent: Operand, bias: UnsafePointer<Float>) {
        let stateSize = batch * units
        for step in 0..<time {
            let t = time(of: step)
            let gate = gates.floats + t * batch * width
            var previous: UnsafeMutablePointer<Float>?
            if step > 0 {
                let before = time(of: step - 1)
                multiply(
                    Operand(floats: output + before * stateSize, stride: units), recurrent, into: gate,
                    rows: batch, columns: width, inner: units, keeping: 1)
                previous = cells.floats + before * stateSize
            }
            crnn_lstm_step(
                gate, bias, previous, cells.floats + t * stateSize, output + t * stateSize, batch, units)
        }
    }

    /// Walks the steps against scan order and fills the gradients of the gates' sums.
    func fillGradients(
        _ gradients: UnsafeMutablePointer<Float>, outputGradient: UnsafePointer<Float>, recurrent: Operand,
        in context: Context
    ) {
        let stateSize = batch * units
        let state = context.memory(.dense([batch, units])), cell = context.memory(.dense([batch, units]))
        cell.floats.update(repeating: 0, count: stateSize)
        for step in (0..<time).reversed() {
            let t = time(of: step)
            if step < time - 1 {
                multiply(
                    Operand(floats: gradients + time(of: step + 1) * batch * width, stride: width),
                    recurrent.transposed, into: state.floats, rows: batch, columns: units, inner: width)
            }
            crnn_lstm_step_gradient(
                gradients + t * batch * width, gates.floats + t * batch * width,
                cells.floats + t * stateSize,
                step > 0 ? cells.floats + time(of: step - 1) * stateSize : nil,
                outputGradient + t * stateSize, step < time - 1 ? state.floats : nil, cell.floats, batch,
                units)
        }
    }

    /// The recurrent kernel's gradient: each step's states, transposed, times the next step's gate gradients.
    func multiplyStates(
        _ output: UnsafePointer<Float>, _ gradients: UnsafePointer<Float>,
        into result: UnsafeMutablePointer<Float>
    ) {
        guard time > 1 else { return result.update(repeating: 0, count: units * width) }
        let first = direction == .forward ? (state: 0, gate: 1) : (state: 1, gate: 0)
        multiply(
            Operand(floats: output + first.state * batch * units, stride: units).transposed,
            Operand(floats: gradients + first.gate * batch * width, stride: width), into: result,
            rows: units, columns: width, inner: (time - 1) * batch)
    }
}
