extension Device {
    /// One step of a sequence `[batch × time × …]`, as `[batch × …]`.
    public func step(_ input: Tensor, at time: Int, _: Checked) -> Tensor {
        let shape = SequenceShape(input.shape)
        let x = input.scalars
        let steps = (0..<shape.batch).flatMap { x[shape.range(of: $0, time)] }
        return Tensor(steps, shape: shape.step, like: input)
    }

    /// Steps `[batch × …]` of one shape as a sequence `[batch × time × …]`: the reverse of `step`.
    public func stacked(_ steps: [Tensor], _: Checked) -> Tensor {
        let first = steps[0]
        let sequence = Shape([first.shape[0], steps.count] + first.shape.dimensions.dropFirst())
        let width = SequenceShape(sequence).width
        let scalars = steps.map(\.scalars)
        let joined = (0..<first.shape[0]).flatMap { sample in
            scalars.flatMap { $0[sample * width..<(sample + 1) * width] }
        }
        return Tensor(joined, shape: sequence, like: first)
    }

    /// A sequence `[batch × time × …]` with its steps in reverse order.
    public func reversed(_ input: Tensor, _: Checked) -> Tensor {
        let shape = SequenceShape(input.shape)
        let x = input.scalars
        let reversed = (0..<shape.batch).flatMap { sample in
            (0..<shape.time).reversed().flatMap { x[shape.range(of: sample, $0)] }
        }
        return Tensor(reversed, shape: input.shape, like: input)
    }

    /// The rows of a table `[rows × width]` at indices of any shape `[…]`, as `[… × width]`.
    public func rows(of table: Tensor, at indices: [Int], _: Checked) -> Tensor {
        let width = table.shape.last
        let values = table.scalars
        let found = indices.flatMap { values[$0 * width..<($0 + 1) * width] }
        return Tensor(found, shape: [indices.count, width], like: table)
    }

    /// A table of `count` rows. Row r is the sum of the rows `[… × width]` whose index is r: the gradient of `rows`.
    public func rowSums(_ rows: Tensor, at indices: [Int], count: Int, _: Checked) -> Tensor {
        let width = rows.shape.last
        let values = rows.scalars
        var sums = [Float](repeating: 0, count: count * width)
        for (row, index) in indices.enumerated() {
            for column in 0..<width { sums[index * width + column] += values[row * width + column] }
        }
        return Tensor(sums, shape: [count, width], like: rows)
    }
}

/// The sizes of a sequence `[batch × time × …]`.
package struct SequenceShape {
    /// The number of samples.
    package let batch: Int
    /// The number of steps of each sample.
    package let time: Int
    /// The shape `[batch × …]` of one step.
    package let step: Shape

    /// The sizes of a shape of at least two axes.
    package init(_ shape: Shape) {
        (batch, time) = (shape[0], shape[1])
        step = Shape([batch] + shape.dimensions.dropFirst(2))
    }

    /// The number of scalars in one step of one sample.
    package var width: Int { step.dimensions.dropFirst().reduce(1, *) }

    /// The range of a sample's step in row-major order.
    func range(of sample: Int, _ t: Int) -> Range<Int> {
        let start = (sample * time + t) * width
        return start..<start + width
    }
}
