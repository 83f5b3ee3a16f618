internal import CKernels
internal import Requirements
internal import Tensors

extension RecurrentScan {
    /// Runs the steps of some samples backwards, from the last to the first, and fills the gradients of the gates'
    /// sums.
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
            crnn_simple_step_gradient(
                sum_gradients: rows.gates, states: states(step), output_gradient: rows.outputs,
                mask: mask(step), function: function, state_gradient: rows.states, rows: step.count,
                units: units))
        passBack(rows.gates, width, recurrent, columns: 0..<width, rows)
    }

    private func fillLSTM(_ rows: GradientRows, _ recurrent: BackwardKernel) {
        let step = rows.step
        kernels.recurrent.lstm_step_gradient(
            crnn_lstm_step_gradient(
                gate_gradients: rows.gates, gates: gates(step), cells: inner(step),
                previous_cells: previousCells(step), output_gradient: rows.outputs, mask: mask(step),
                state_gradient: rows.states, cell_gradient: rows.cells, rows: step.count, units: units))
        passBack(rows.gates, width, recurrent, columns: 0..<width, rows)
    }

    private func fillResetAfterGRU(_ rows: GradientRows, _ recurrent: BackwardKernel) {
        kernels.recurrent.gru_step_gradient(gruStep(rows))
        passBack(rows.gates, width, recurrent, columns: 0..<2 * units, rows)
        passBack(rows.inner, units, recurrent, columns: 2 * units..<width, rows)
    }

    private func fillGRU(_ rows: GradientRows, _ recurrent: BackwardKernel) {
        let step = rows.step, gruStep = gruStep(rows)
        kernels.recurrent.gru_update_gradient(gruStep)
        rows.inner.update(repeating: 0, count: step.count * units)
        addBack(
            rows.gates + 2 * units, width, recurrent, columns: 2 * units..<width, to: rows.inner, step)
        kernels.recurrent.gru_reset_gradient(gruStep)
        passBack(rows.gates, width, recurrent, columns: 0..<2 * units, rows)
    }

    private func gruStep(_ rows: GradientRows) -> crnn_gru_step_gradient {
        let step = rows.step
        return crnn_gru_step_gradient(
            gate_gradients: rows.gates, inner_gradients: rows.inner, gates: gates(step), inner: inner(step),
            previous: previousStates(step), output_gradient: rows.outputs, mask: mask(step),
            state_gradient: rows.states, rows: step.count, units: units)
    }

    /// Adds to the gradient of the previous states the part that comes through the sums of some of the kernel's
    /// columns.
    private func passBack(
        _ sums: UnsafePointer<Float>, _ stride: Int, _ recurrent: BackwardKernel, columns: Range<Int>,
        _ rows: GradientRows
    ) {
        guard hasPrevious(rows.step) else { return }
        addBack(sums, stride, recurrent, columns: columns, to: rows.states, rows.step)
    }

    /// Adds the product of the gradients of sums and the transpose of some of the kernel's columns.
    private func addBack(
        _ sums: UnsafePointer<Float>, _ stride: Int, _ recurrent: BackwardKernel, columns: Range<Int>,
        to result: UnsafeMutablePointer<Float>, _ step: ScanStep
    ) {
        switch recurrent {
        case .plain(let operand, _):
            multiply(
                Operand(floats: sums, stride: stride),
                operand.dropping(columns: columns.lowerBound).transposed, adds: true, to: result,
                stride: units, ProductSizes(rows: step.count, columns: units, inner: columns.count))
        case .panels(let product, let scratch):
            require(
                columns == 0..<width,
                "a transposed recurrent kernel in panels has no product with some columns")
            product.add(sums, step, columns: 0..<units, to: result, stride: units, by: scratch)
        }
    }

    /// Adds the gradient of each output that repeats an earlier one to the gradient of that one.
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
                    Operand(floats: gates + 2 * units, stride: width), to: candidate, stride: width,
                    ProductSizes(rows: units, columns: units, inner: time * batch))
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
            Operand(floats: gradients + rows.gates * stride, stride: stride), to: result, stride: width,
            ProductSizes(rows: units, columns: columns, inner: (time - 1) * batch))
        guard startsFromStates else { return }
        let first = step(0, 0..<batch)
        multiply(
            Operand(floats: previousStates(first), stride: units).transposed,
            Operand(floats: gradients + first.row * stride, stride: stride), adds: true, to: result,
            stride: width, ProductSizes(rows: units, columns: columns, inner: batch))
    }
}

/// The rows of one step in the gradients.
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
