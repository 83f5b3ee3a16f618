internal import CKernels
internal import COneDNN
internal import Requirements
public import Tensors

extension CPUDevice {
    /// The same scalars in another shape.
    ///
    /// An image of height 1 becomes a time-major sequence by one reorder. A time-major sequence becomes such an image
    /// without a copy.
    public func reshaped(_ input: Tensor, to shape: Shape, _: Checked) -> Tensor {
        context.useThreads()
        let source = storage(of: input)
        if source.shape.isLine(of: shape) {
            let line = context.reordered(source.memory, to: .timeMajorImage(source.shape))
            return view(line, .timeMajor(shape), shape, of: source)
        }
        if shape.isLine(of: source.shape) {
            let rows = source.rows
            if rows.order == .timeMajor {
                return view(rows.memory, .timeMajorImage(shape), shape, of: source)
            }
        }
        return view(source.rowMajor, .rowMajor(shape), shape, of: source)
    }

    private func view(
        _ memory: Memory, _ layout: Descriptor, _ shape: Shape, of source: CPUStorage
    ) -> Tensor {
        let storage = CPUStorage(
            context.view(memory, as: layout), shape: shape, in: context,
            origin: memory === source.memory ? source : nil)
        return Tensor(shape: shape, storage: storage, on: self)
    }

    /// The concatenation along the last axis. Rows keep the order of the first tensor.
    public func concatenated(_ first: Tensor, _ second: Tensor, _: Checked) -> Tensor {
        context.useThreads()
        let left = storage(of: first).rows
        let right = storage(of: second).rows(in: left.order)
        let shape = first.shape.replacingLast(with: left.columns + right.columns)
        let result = context.memory(left.order.descriptor(shape))
        let whole = Columns(floats: result.floats, stride: shape.last)
        copy(left.allColumns, to: whole, rows: left.rows, count: left.columns)
        copy(right.allColumns, to: whole.dropping(left.columns), rows: right.rows, count: right.columns)
        return withExtendedLifetime((left, right)) { tensor(result, shape) }
    }

    /// The two parts of the last axis. Rows keep their order.
    public func split(_ input: Tensor, firstCount: Int, _: Checked) -> (first: Tensor, second: Tensor) {
        context.useThreads()
        let whole = storage(of: input).rows
        func part(_ offset: Int, _ count: Int) -> Tensor {
            let shape = input.shape.replacingLast(with: count)
            let result = context.memory(whole.order.descriptor(shape))
            let columns = Columns(floats: result.floats, stride: count)
            copy(whole.allColumns.dropping(offset), to: columns, rows: whole.rows, count: count)
            return tensor(result, shape)
        }
        return (part(0, firstCount), part(firstCount, input.shape.last - firstCount))
    }

    private func copy(_ source: Columns, to target: Columns, rows: Int, count: Int) {
        guard count > 0 else { return }
        context.forEachRange(of: rows, grain: max(1, (1 << 16) / count)) { range in
            let start = range.lowerBound
            crnn_copy_columns(
                target.floats + start * target.stride, target.stride, source.floats + start * source.stride,
                source.stride, range.count, count)
        }
    }

    /// The element-wise sum of two tensors, as floats in the layout of the first.
    public func sum(_ first: Tensor, _ second: Tensor, _: Checked) -> Tensor {
        context.useThreads()
        let a = storage(of: first).floats
        let b = context.reordered(storage(of: second).memory, to: a.descriptor)
        let result = context.memory(a.descriptor)
        // The padding of a layout is zero, and so are its sums.
        context.forEachRange(of: a.descriptor.size / MemoryLayout<Float>.size) { range in
            kernels.elementwise.add(
                result.floats + range.lowerBound, a.floats + range.lowerBound, b.floats + range.lowerBound,
                range.count)
        }
        return withExtendedLifetime((a, b)) { tensor(result, first.shape) }
    }

    /// Runs both closures, each on a thread of its own; one after the other if the device has only one thread.
    public func concurrently<First: Sendable, Second: Sendable>(
        _ first: @Sendable () -> First, _ second: @Sendable () -> Second
    ) -> (First, Second) {
        guard context.threads > 1, !Team.isInside else { return (first(), second()) }
        var one: First?, two: Second?
        Team.run(shares: 2) { share in
            if share == 0 { one = first() } else { two = second() }
        }
        guard let one, let two else { fatalError("a team of two threads did not finish its work") }
        return (one, two)
    }
}

/// Columns of rows that lie `stride` floats apart.
private struct Columns {
    let floats: UnsafeMutablePointer<Float>
    let stride: Int

    /// The columns from `count` on.
    func dropping(_ count: Int) -> Columns { Columns(floats: floats + count, stride: stride) }
}

extension RowMatrix {
    fileprivate var allColumns: Columns { Columns(floats: floats, stride: columns) }
}

extension Shape {
    /// Whether this is an image of height 1 `[batch × 1 × time × features]` with the sizes of a sequence.
    fileprivate func isLine(of sequence: Shape) -> Bool {
        rank == 4 && self[1] == 1 && sequence.dimensions == [self[0], self[2], self[3]]
    }
}
