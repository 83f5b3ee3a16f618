internal import CKernels
internal import COneDNN
public import Tensors

extension CPUDevice {
    /// One step of a sequence, in row-major order.
    public func step(_ input: Tensor, at time: Int, _: Checked) -> Tensor {
        let shape = SequenceShape(input.shape)
        let source = steps(of: input)
        let result = context.memory(.rowMajor(shape.step))
        crnn_copy_columns(
            result.floats, shape.width, source.floats + time * source.timeStride, source.batchStride,
            shape.batch, shape.width)
        return withExtendedLifetime(source) { tensor(result, shape.step) }
    }

    /// Steps as a sequence, time-major in memory if each step of a sample is one row.
    public func stacked(_ steps: [Tensor], _: Checked) -> Tensor {
        let first = steps[0]
        let shape = Shape([first.shape[0], steps.count] + first.shape.dimensions.dropFirst())
        let result = emptySequence(shape)
        for (time, step) in steps.enumerated() {
            let source = rowMajor(step), width = result.shape.width
            withExtendedLifetime(source) {
                crnn_copy_columns(
                    result.floats + time * result.timeStride, result.batchStride, source.floats, width,
                    result.shape.batch, width)
            }
        }
        return tensor(result.memory, shape)
    }

    /// A sequence with its steps in reverse order, time-major in memory if each step of a sample is one row.
    public func reversed(_ input: Tensor, _: Checked) -> Tensor {
        let source = steps(of: input), result = emptySequence(input.shape)
        let (time, width) = (source.shape.time, source.shape.width)
        for t in 0..<time {
            crnn_copy_columns(
                result.floats + (time - 1 - t) * result.timeStride, result.batchStride,
                source.floats + t * source.timeStride, source.batchStride, source.shape.batch, width)
        }
        return withExtendedLifetime(source) { tensor(result.memory, input.shape) }
    }

    /// The rows of a table at indices, in the order of the indices.
    public func rows(of table: Tensor, at indices: [Int], _: Checked) -> Tensor {
        let shape: Shape = [indices.count, table.shape.last]
        let values = rowMajor(table), result = context.memory(.rowMajor(shape))
        crnn_gather_rows(result.floats, values.floats, indices, indices.count, table.shape.last)
        return withExtendedLifetime(values) { tensor(result, shape) }
    }

    /// The sums of the rows that have the same index, added in row-major order.
    public func rowSums(_ rows: Tensor, at indices: [Int], count: Int, _: Checked) -> Tensor {
        let shape: Shape = [count, rows.shape.last]
        let values = rowMajor(rows), result = context.memory(.rowMajor(shape))
        result.floats.update(repeating: 0, count: shape.count)
        kernels.elementwise.scatter_rows(
            result.floats, values.floats, indices, indices.count, rows.shape.last)
        return withExtendedLifetime(values) { tensor(result, shape) }
    }

    /// The scalars of each sample from one of two tensors, in row-major order.
    public func selected(_ mask: Tensor, _ first: Tensor, _ second: Tensor, _: Checked) -> Tensor {
        let a = rowMajor(first), b = rowMajor(second), chosen = rowMajor(mask)
        let result = context.memory(.rowMajor(first.shape)), samples = mask.shape.count
        crnn_select_rows(
            result.floats, chosen.floats, a.floats, b.floats, samples, first.shape.count / max(1, samples))
        return withExtendedLifetime((a, b, chosen)) { tensor(result, first.shape) }
    }

    /// The steps of a sequence, not copied if they have no gaps.
    private func steps(of tensor: Tensor) -> SequenceSteps {
        context.useThreads()
        let storage = storage(of: tensor)
        guard tensor.shape.rank == 3 else {
            return SequenceSteps(storage.rowMajor, tensor.shape, .rowMajor)
        }
        let rows = storage.rows
        return SequenceSteps(rows.memory, tensor.shape, rows.order)
    }

    /// Memory for a sequence, time-major if each step of a sample is one row.
    private func emptySequence(_ shape: Shape) -> SequenceSteps {
        let order = shape.rank == 3 ? RowOrder.timeMajor : .rowMajor
        return SequenceSteps(context.memory(order.descriptor(shape)), shape, order)
    }
}

/// The steps of a sequence in memory. The scalars of a sample's step have no gaps.
private struct SequenceSteps {
    let memory: Memory
    let shape: SequenceShape
    /// The distance from one sample to the next.
    let batchStride: Int
    /// The distance from one step to the next.
    let timeStride: Int

    init(_ memory: Memory, _ shape: Shape, _ order: RowOrder) {
        self.memory = memory
        self.shape = SequenceShape(shape)
        let width = self.shape.width
        batchStride = order == .timeMajor ? width : self.shape.time * width
        timeStride = order == .timeMajor ? self.shape.batch * width : width
    }

    var floats: UnsafeMutablePointer<Float> { memory.floats }
}
