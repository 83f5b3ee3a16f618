internal import CKernels
internal import Tensors

/// What the backward pass of a recurrence fills.
struct RecurrentGradientMemory {
    /// Of the outputs, `[time × batch × units]`.
    let outputs: Memory
    /// Of the gates' sums, `[time × batch × gates·units]`.
    let gates: Memory
    /// Of the part of a gated unit's candidate that is reset after the product, `[time × batch × units]`; of
    /// the states that its gate left otherwise.
    let inner: Memory?
    /// Of the states, one `[batch × units]` each; at first of those after the last step, in the end of those
    /// before the first.
    let states: [Memory]
}

/// A recurrent kernel `[units × gates·units]` on the way back.
enum BackwardKernel {
    /// Row-major.
    case plain(Operand, Memory)
    /// Its transpose in panels, with memory for the gates of all samples as such.
    case panels(PanelProduct, Memory)
}

extension RecurrentScan {
    /// Walks the steps of some samples against scan order and fills the gradients of the gates' sums.
    func fillGradients(
        _ samples: Range<Int>, _ recurrent: BackwardKernel, _ gradients: RecurrentGradientMemory
    ) {
        for index in (0..<time).reversed() {
            let rows = GradientRows(gradients, step(index, samples), units: units, width: width)
            switch recurrence.kind {
            case .simple(let activation): fillSimple(rows, recurrent, activation.function)
            case .lstm: fillLSTM(rows, recurrent)
            case .gru(resetAfter: true): fillResetAfterGRU(rows, recurrent)
            case .gru(resetAfter: false): fillGRU(rows, recurrent)
            }
        }
    }

    private func fillSimple(_ rows: GradientRows, _ recurrent: BackwardKernel, _ function: crnn_function) {
        let step = rows.step
        kernels.recurrent.simple_step_gradient(
            rows.gates, states(step), rows.outputs, mask(step), function, rows.states, step.count, units)
        passBack(rows.gates, width, recurrent, columns: 0..<width, rows)
    }

    private func fillLSTM(_ rows: GradientRows, _ recurrent: BackwardKernel) {
        let step = rows.step
        kernels.recurrent.lstm_step_gradient(
            rows.gates, gates(step), inner(step), previousCells(step), rows.outputs, mask(step), rows.states,
            rows.cells, step.count, units)
        passBack(rows.gates, width, recurrent, columns: 0..<width, rows)
    }

    private func fillResetAfterGRU(_ rows: GradientRows, _ recurrent: BackwardKernel) {
        let step = rows.step
        kernels.recurrent.gru_step_gradient(
            rows.gates, rows.inner, gates(step), inner(step), previousStates(step), rows.outputs, mask(step),
            rows.states, step.count, units)
        passBack(rows.gates, width, recurrent, columns: 0..<2 * units, rows)
        passBack(rows.inner, units, recurrent, columns: 2 * units..<width, rows)
    }

    private func fillGRU(_ rows: GradientRows, _ recurrent: BackwardKernel) {
        let step = rows.step
        kernels.recurrent.gru_update_gradient(
            rows.gates, gates(step), previousStates(step), rows.outputs, mask(step), rows.states, step.count,
            units)
        rows.inner.update(repeating: 0, count: step.count * units)
        addBack(
            rows.gates + 2 * units, width, recurrent, columns: 2 * units..<width, to: rows.inner, step)
        kernels.recurrent.gru_reset_gradient(
            rows.gates, gates(step), previousStates(step), rows.inner, mask(step), rows.states, step.count,
            units)
        passBack(rows.gates, width, recurrent, columns: 0..<2 * units, rows)
    }

    /// Adds to the states' gradient what the sums' gradients give, through some of the kernel's columns.
    private func passBack(
        _ sums: UnsafePointer<Float>, _ stride: Int, _ recurrent: BackwardKernel, columns: Range<Int>,
        _ rows: GradientRows
    ) {
        guard hasPrevious(rows.step) else { return }
        addBack(sums, stride, recurrent, columns: columns, to: rows.states, rows.step)
    }

    /// Adds the product of sums' gradients and the transpose of some of the kernel's columns.
    private func addBack(
        _ sums: UnsafePointer<Float>, _ stride: Int, _ recurrent: BackwardKernel, columns: Range<Int>,
        to result: UnsafeMutablePointer<Float>, _ step: ScanStep
    ) {
        switch recurrent {
        case .plain(let operand, _):
            multiply(
                Operand(floats: sums, stride: stride),
                operand.dropping(columns: columns.lowerBound).transposed, into: result, stride: units,
                rows: step.count, columns: units, inner: columns.count, keeping: 1)
        case .panels(let product, let scratch):
            precondition(columns == 0..<width, "some columns of a recurrent kernel's transpose")
            product.add(sums, step, columns: 0..<units, to: result, stride: units, by: scratch)
        }
    }

    /// Moves the gradients of outputs that repeat earlier ones to those.
    func foldGradients(_ outputs: UnsafeMutablePointer<Float>, mask: Memory) {
        guard !recurrence.zeroOutputForMask else { return }
        for index in (0..<time).reversed() {
            let step = step(index, 0..<batch)
            guard let previous = step.previousRow else { continue }
            kernels.recurrent.masked_outputs_gradient(
                outputs + previous * units, outputs + step.row * units, mask.floats + step.row, batch, units)
        }
    }

    /// The recurrent kernel's gradient `[units × gates·units]`.
    func fillKernelGradient(_ result: UnsafeMutablePointer<Float>, _ gradients: RecurrentGradientMemory) {
        let gates = gradients.gates.floats, candidate = result + 2 * units
        switch recurrence.kind {
        case .simple, .lstm: multiplyStates(gates, stride: width, columns: width, into: result)
        case .gru(let resetAfter):
            multiplyStates(gates, stride: width, columns: 2 * units, into: result)
            guard let inner = gradients.inner else { return }
            if resetAfter {
                multiplyStates(inner.floats, stride: units, columns: units, into: candidate)
            } else {
                multiply(
                    Operand(floats: memory.inner.floats, stride: units).transposed,
                    Operand(floats: gates + 2 * units, stride: width), into: candidate, stride: width,
                    rows: units, columns: units, inner: time * batch)
            }
        }
    }

    /// The states before each step, transposed, times the gradients of its sums.
    private func multiplyStates(
        _ gradients: UnsafePointer<Float>, stride: Int, columns: Int,
        into result: UnsafeMutablePointer<Float>
    ) {
        let rows = neighbours
        multiply(
            Operand(floats: memory.states.memory.floats + rows.states * units, stride: units).transposed,
            Operand(floats: gradients + rows.gates * stride, stride: stride), into: result, stride: width,
            rows: units, columns: columns, inner: (time - 1) * batch)
        guard startsFromStates else { return }
        let first = step(0, 0..<batch)
        multiply(
            Operand(floats: previousStates(first), stride: units).transposed,
            Operand(floats: gradients + first.row * stride, stride: stride), into: result, stride: width,
            rows: units, columns: columns, inner: batch, keeping: 1)
    }
}

/// The rows of one step in the memory of the gradients.
private struct GradientRows {
    let step: ScanStep
    let outputs: UnsafeMutablePointer<Float>
    let gates: UnsafeMutablePointer<Float>
    let inner: UnsafeMutablePointer<Float>
    let states: UnsafeMutablePointer<Float>
    let cells: UnsafeMutablePointer<Float>

    init(_ memory: RecurrentGradientMemory, _ step: ScanStep, units: Int, width: Int) {
        self.step = step
        outputs = memory.outputs.floats + step.row * units
        gates = memory.gates.floats + step.row * width
        inner = (memory.inner?.floats ?? memory.outputs.floats) + step.row * units
        states = memory.states[0].floats + step.sample * units
        cells = memory.states[memory.states.count - 1].floats + step.sample * units
    }
}
