internal import CKernels
internal import Requirements
internal import Tensors

extension RecurrentScan {
    /// Runs the steps of some samples in scan order. The gates already hold the input's part.
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
            crnn_simple_step(
                states: states(step), bias: weights.bias, previous: previousStates(step), mask: mask(step),
                function: function, rows: step.count, units: units))
    }

    private func fillLSTM(_ step: ScanStep, _ weights: StateWeights) {
        addStates(step, weights.recurrent, columns: 0..<width, to: gates(step), stride: width)
        kernels.recurrent.lstm_step(
            crnn_lstm_step(
                gates: gates(step), bias: weights.bias, previous_cells: previousCells(step),
                previous_states: previousStates(step), mask: mask(step), cells: inner(step),
                states: states(step), rows: step.count, units: units))
    }

    private func fillResetAfterGRU(_ step: ScanStep, _ weights: StateWeights) {
        addStates(step, weights.recurrent, columns: 0..<2 * units, to: gates(step), stride: width)
        inner(step).update(repeating: 0, count: step.count * units)
        addStates(step, weights.recurrent, columns: 2 * units..<width, to: inner(step), stride: units)
        kernels.recurrent.gru_step(gruStep(step, bias: weights.bias, innerBias: weights.bias + width))
    }

    private func fillGRU(_ step: ScanStep, _ weights: StateWeights) {
        addStates(step, weights.recurrent, columns: 0..<2 * units, to: gates(step), stride: width)
        let gruStep = gruStep(step, bias: weights.bias, innerBias: nil)
        kernels.recurrent.gru_reset(gruStep)
        add(
            inner(step), step, weights.recurrent, columns: 2 * units..<width, to: gates(step) + 2 * units,
            stride: width)
        kernels.recurrent.gru_update(gruStep)
    }

    private func gruStep(
        _ step: ScanStep, bias: UnsafePointer<Float>, innerBias: UnsafePointer<Float>?
    ) -> crnn_gru_step {
        crnn_gru_step(
            gates: gates(step), bias: bias, inner: inner(step), inner_bias: innerBias,
            previous: previousStates(step), mask: mask(step), states: states(step), rows: step.count,
            units: units)
    }

    /// Adds the product of the states before a step and some of the kernel's columns.
    private func addStates(
        _ step: ScanStep, _ kernel: RecurrentKernel, columns: Range<Int>,
        to sums: UnsafeMutablePointer<Float>,
        stride: Int
    ) {
        guard hasPrevious(step) else { return }
        add(previousStates(step), step, kernel, columns: columns, to: sums, stride: stride)
    }

    /// Adds the product of a step's rows `[samples × units]` and some of the kernel's columns.
    private func add(
        _ rows: UnsafePointer<Float>, _ step: ScanStep, _ kernel: RecurrentKernel, columns: Range<Int>,
        to sums: UnsafeMutablePointer<Float>, stride: Int
    ) {
        switch kernel {
        case .plain(let operand, _):
            multiply(
                Operand(floats: rows, stride: units), operand.dropping(columns: columns.lowerBound),
                adds: true, to: sums, stride: stride,
                ProductSizes(rows: step.count, columns: columns.count, inner: units))
        case .panels(let product, let scratch):
            product.add(rows, step, columns: columns, to: sums, stride: stride, by: scratch)
        case .int8(let product, let quantized):
            require(columns == 0..<width, "an int8 recurrent kernel has no product with some columns")
            product.add(rows, step.count, to: sums, by: quantized, from: step.sample)
        }
    }

    /// Fills the outputs from the states. With a mask, the two differ.
    func fillOutputs(_ outputs: UnsafeMutablePointer<Float>, mask: Memory) {
        for index in 0..<time {
            let step = step(index, 0..<batch)
            let previous = recurrence.zeroOutputForMask ? nil : step.previousRow.map { outputs + $0 * units }
            crnn_masked_outputs(
                outputs + step.row * units, states(step), previous, mask.floats + step.row, batch, units)
        }
    }
}
