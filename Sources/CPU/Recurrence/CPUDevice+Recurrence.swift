internal import CKernels
internal import COneDNN
public import Tensors

extension CPUDevice {
    /// The outputs of a recurrence `[batch × time × units]`, time-major in memory, its final states, and the states and
    /// gates that the backward pass needs.
    ///
    /// One product computes the input's part of all gates. Each step then adds the states' part by a smaller product.
    public func recurrenceForward(
        _ input: RecurrentInput, _ weights: RecurrentWeights, _ recurrence: Recurrence, _: Checked
    ) -> (output: RecurrentOutput, contents: any Sendable) {
        context.useThreads()
        let scan = scan(input, weights, recurrence)
        let x = storage(of: input.sequence).rows(in: .timeMajor)
        fillProduct(x, weights.kernel, into: scan.memory.gates)
        let bias = rowMajor(weights.bias)
        let kernel = stateKernel(weights.recurrentKernel, scan)
        withExtendedLifetime((kernel, bias)) {
            let weights = StateWeights(recurrent: kernel, bias: bias.floats)
            forEachShare(of: scan) { scan.fill($0, weights) }
        }
        return (RecurrentOutput(outputs(of: scan), state: finalStates(of: scan)), scan.memory)
    }

    /// The gradients of `recurrenceForward`: first those of the gates, step by step backwards; then those of each
    /// weight, by one product.
    public func recurrenceBackward(
        _ gradient: RecurrentOutput, input: RecurrentInput, output: RecurrentOutput,
        _ weights: RecurrentWeights, _ recurrence: Recurrence, _ contents: any Sendable, _: Checked
    ) -> RecurrentGradients {
        guard let memory = contents as? RecurrentMemory else {
            fatalError("contents of a workspace of another device")
        }
        context.useThreads()
        let scan = scan(input, weights, recurrence, memory)
        let gradients = gradientMemory(gradient, scan)
        let recurrentGradient = recurrentKernelGradient(weights.recurrentKernel, gradients, scan)
        let x = storage(of: input.sequence).rows(in: .timeMajor)
        let gates = RowMatrix(
            memory: gradients.gates, order: .timeMajor, rows: x.rows, columns: scan.width)
        let projection = projectionGradients(gates, x, kernel: weights.kernel, precision)
        let bias = biasGradient(projection.bias, gradients, scan)
        // Weights usually change before they are used again, so their packed layouts only take memory.
        for kernel in [weights.kernel, weights.recurrentKernel] { storage(of: kernel).dropPackedLayouts() }
        return RecurrentGradients(
            input: RecurrentInput(
                tensor(projection.input, input.sequence.shape),
                state: scan.startsFromStates
                    ? gradients.states.map { tensor($0, [scan.batch, scan.units]) } : []),
            weights: RecurrentWeights(
                kernel: tensor(projection.kernel, weights.kernel.shape),
                recurrentKernel: tensor(recurrentGradient, weights.recurrentKernel.shape),
                bias: tensor(bias, weights.bias.shape)))
    }

    /// Fills the gradients of the gates, then returns that of the recurrent kernel.
    private func recurrentKernelGradient(
        _ kernel: Tensor, _ gradients: RecurrentGradientMemory, _ scan: RecurrentScan
    ) -> Memory {
        let packed = backwardKernel(kernel, scan)
        let result = context.memory(.rowMajor(kernel.shape))
        withExtendedLifetime((packed, gradients)) {
            forEachShare(of: scan) { scan.fillGradients($0, packed, gradients) }
            scan.fillKernelGradient(result.floats, gradients)
        }
        return result
    }

    private func scan(
        _ input: RecurrentInput, _ weights: RecurrentWeights, _ recurrence: Recurrence,
        _ memory: RecurrentMemory? = nil
    ) -> RecurrentScan {
        let shape = input.sequence.shape, units = weights.units
        let memory = memory ?? RecurrentMemory(recurrence.kind, shape.replacingLast(with: units), in: context)
        return RecurrentScan(
            recurrence: recurrence, batch: shape[0], time: shape[1], units: units, memory: memory,
            mask: input.mask.map { timeMajor($0) },
            initial: states(input.state, [shape[0], units], recurrence.kind),
            startsFromStates: !input.state.isEmpty)
    }

    /// The recurrent kernel for the products of a scan's steps: in int8 if it is int8 and each step takes all of its
    /// columns; otherwise in panels if its sizes allow.
    private func stateKernel(_ kernel: Tensor, _ scan: RecurrentScan) -> RecurrentKernel {
        if !scan.recurrence.kind.isGatedUnit, let product = Int8Product(kernel, in: context) {
            return .int8(product, QuantizedRows(scan.batch, columns: scan.units, in: context))
        }
        if !(kernel.storage is QuantizedStorage),
            let product = PanelProduct(storage(of: kernel))
        {
            return .panels(product, product.scratch(rows: scan.batch))
        }
        let (memory, operand) = paddedKernel(kernel, scan)
        return .plain(operand, memory)
    }

    /// The recurrent kernel for the backward pass of a scan: its transpose in panels if its sizes allow and each step
    /// takes all of its columns.
    private func backwardKernel(_ kernel: Tensor, _ scan: RecurrentScan) -> BackwardKernel {
        if !scan.recurrence.kind.isGatedUnit,
            let product = PanelProduct(storage(of: kernel), transposed: true)
        {
            return .panels(product, product.scratch(rows: scan.batch))
        }
        let (memory, operand) = paddedKernel(kernel, scan)
        return .plain(operand, memory)
    }

    /// The recurrent kernel as it is, or a copy whose rows lie further apart.
    ///
    /// Rows that lie a multiple of 1 KiB apart share few sets of the processor's cache, which halves the speed of small
    /// products. If there are many products, the copy pays.
    private func paddedKernel(_ kernel: Tensor, _ scan: RecurrentScan) -> (memory: Memory, operand: Operand) {
        let plain = rowMajor(kernel), (rows, columns) = (kernel.shape[0], kernel.shape[1])
        guard columns % 256 == 0, scan.batch > 1, scan.time * scan.batch >= 64 else {
            return (plain, Operand(floats: plain.floats, stride: columns))
        }
        let stride = columns + 16
        let padded = context.memory(.dense([rows, stride]))
        withExtendedLifetime(plain) {
            crnn_copy_columns(padded.floats, stride, plain.floats, columns, rows, columns)
        }
        return (padded, Operand(floats: padded.floats, stride: stride))
    }

    private func timeMajor(_ mask: Tensor) -> Memory {
        let (batch, time) = (mask.shape[0], mask.shape[1])
        return context.reordered(
            storage(of: mask).memory, to: Descriptor([batch, time], strides: [1, batch]))
    }

    /// The scalars of each state; zeros if no states are given.
    private func states(_ tensors: [Tensor], _ shape: Shape, _ kind: Recurrence.Kind) -> [Memory] {
        guard !tensors.isEmpty else {
            let zeros = context.memory(.rowMajor(shape))
            zeros.floats.update(repeating: 0, count: shape.count)
            return [Memory](repeating: zeros, count: kind.states)
        }
        return tensors.map { rowMajor($0) }
    }

    /// Calls `body` for ranges of samples, on several threads if there are enough. Samples do not depend on each other.
    private func forEachShare(of scan: RecurrentScan, _ body: (Range<Int>) -> Void) {
        context.forEachShare(of: scan.batch, grain: 16) { _, samples in body(samples) }
    }

    private func outputs(of scan: RecurrentScan) -> Tensor {
        let shape: Shape = [scan.batch, scan.time, scan.units]
        guard let mask = scan.mask else {
            return Tensor(shape: shape, storage: scan.memory.states, on: self)
        }
        let outputs = context.memory(.timeMajor(shape))
        scan.fillOutputs(outputs.floats, mask: mask)
        return tensor(outputs, shape)
    }

    private func finalStates(of scan: RecurrentScan) -> [Tensor] {
        [scan.memory.states.memory, scan.memory.inner].prefix(scan.recurrence.kind.states).map { states in
            let last = context.memory(.dense([scan.batch, scan.units]))
            last.floats.update(
                from: states.floats + scan.lastRow * scan.units, count: scan.batch * scan.units)
            return tensor(last, [scan.batch, scan.units])
        }
    }

    private func gradientMemory(_ gradient: RecurrentOutput, _ scan: RecurrentScan) -> RecurrentGradientMemory
    {
        var outputs = storage(of: gradient.output).rows(in: .timeMajor).memory
        if let mask = scan.mask {
            outputs = copied(outputs)
            scan.foldGradients(outputs.floats, mask: mask)
        }
        let shape: Shape = [scan.batch, scan.units]
        let states = states(gradient.state, shape, scan.recurrence.kind)
        return RecurrentGradientMemory(
            outputs: outputs, gates: context.memory(.dense([scan.time, scan.batch, scan.width])),
            inner: scan.recurrence.kind.isGatedUnit
                ? context.memory(.dense([scan.time, scan.batch, scan.units])) : nil,
            states: states.map { copied($0) })
    }

    private func copied(_ memory: Memory) -> Memory {
        let copy = context.memory(memory.descriptor)
        context.reorder(memory, into: copy)
        return copy
    }

    /// The gradient of the bias, computed from that of the input's bias. A GRU that resets after the product has two
    /// biases, whose gradients differ in the candidate.
    private func biasGradient(
        _ bias: Memory, _ gradients: RecurrentGradientMemory, _ scan: RecurrentScan
    ) -> Memory {
        guard scan.recurrence.kind == .gru(resetAfter: true), let inner = gradients.inner else { return bias }
        let both = context.memory(.dense([2, scan.width]))
        both.floats.update(from: bias.floats, count: scan.width)
        (both.floats + scan.width).update(from: bias.floats, count: 2 * scan.units)
        kernels.elementwise.column_sums(
            both.floats + scan.width + 2 * scan.units, inner.floats, scan.time * scan.batch, scan.units)
        return both
    }
}
