internal import CKernels
internal import Tensors

extension RecurrentScan {
    /// Walks the steps of some samples in scan order; the gates hold the input's part.
    func fill(_ samples: Range<Int>, _ weights: StateWeights) {
        for index in 0..<time {
            let step = step(index, samples)
            switch recurrence.kind {
            case .simple(let activation): fillSimple(step, weights, activation.function)
            case .lstm: fillLSTM(step, weights)
            case .gru(resetAfter: true): fillResetAfterGRU(step, weights)
            case .gru(resetAfter: false): fillGRU(step, weights)
            }
        }
    }

    private func fillSimple(_ step: ScanStep, _ weights: StateWeights, _ function: crnn_function) {
        addStates(step, weights.recurrent, columns: 0..<width, to: gates(step), stride: width)
        kernels.recurrent.simple_step(
            states(step), weights.bias, previousStates(step), mask(step), function, step.count, units)
    }

    private func fillLSTM(_ step: ScanStep, _ weights: StateWeights) {
        addStates(step, weights.recurrent, columns: 0..<width, to: gates(step), stride: width)
        kernels.recurrent.lstm_step(
            gates(step), weights.bias, previousCells(step), previousStates(step), mask(step), inner(step),
            states(step), step.count, units)
    }

    private func fillResetAfterGRU(_ step: ScanStep, _ weights: StateWeights) {
        addStates(step, weights.recurrent, columns: 0..<2 * units, to: gates(step), stride: width)
        inner(step).update(repeating: 0, count: step.count * units)
        addStates(step, weights.recurrent, columns: 2 * units..<width, to: inner(step), stride: units)
        kernels.recurrent.gru_step(
            gates(step), weights.bias, inner(step), weights.bias + width, previousStates(step), mask(step),
            states(step), step.count, units)
    }

    private func fillGRU(_ step: ScanStep, _ weights: StateWeights) {
        addStates(step, weights.recurrent, columns: 0..<2 * units, to: gates(step), stride: width)
        kernels.recurrent.gru_reset(
            gates(step), weights.bias, previousStates(step), inner(step), step.count, units)
        add(
            inner(step), step, weights.recurrent, columns: 2 * units..<width, to: gates(step) + 2 * units,
            stride: width)
        kernels.recurrent.gru_update(
            gates(step), weights.bias, previousStates(step), mask(step), states(step), step.count, units)
    }

    /// Adds the product of the states before a step and some of the kernel's columns.
    private func addStates(
        _ step: ScanStep, _ kernel: StateKernel, columns: Range<Int>, to sums: UnsafeMutablePointer<Float>,
        stride: Int
    ) {
        guard hasPrevious(step) else { return }
        add(previousStates(step), step, kernel, columns: columns, to: sums, stride: stride)
    }

    /// Adds the product of a step's rows `[samples × units]` and some of the kernel's columns.
    private func add(
        _ rows: UnsafePointer<Float>, _ step: ScanStep, _ kernel: StateKernel, columns: Range<Int>,
        to sums: UnsafeMutablePointer<Float>, stride: Int
    ) {
        switch kernel {
        case .plain(let operand, _):
            multiply(
                Operand(floats: rows, stride: units), operand.dropping(columns: columns.lowerBound),
                into: sums, stride: stride, rows: step.count, columns: columns.count, inner: units, keeping: 1
            )
        case .panels(let product, let scratch):
            product.add(rows, step, columns: columns, to: sums, stride: stride, by: scratch)
        case .whole(let product, let rounded):
            precondition(columns == 0..<width, "some columns of a recurrent kernel of whole numbers")
            product.add(rows, step.count, to: sums, by: rounded, from: step.sample)
        }
    }

    /// Derives the outputs from the states where a mask lets them differ.
    func fillOutputs(_ outputs: UnsafeMutablePointer<Float>, mask: Memory) {
        for index in 0..<time {
            let step = step(index, 0..<batch)
            let previous = recurrence.zeroOutputForMask ? nil : step.previousRow.map { outputs + $0 * units }
            crnn_masked_outputs(
                outputs + step.row * units, states(step), previous, mask.floats + step.row, batch, units)
        }
    }
}
