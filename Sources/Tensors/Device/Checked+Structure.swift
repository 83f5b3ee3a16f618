internal import Requirements

extension Checked {
    /// As many scalars as the shape holds.
    static func stored(_ count: Int, _ shape: Shape) -> Checked {
        require(count == shape.count, "\(count) scalars do not fill a tensor of shape \(shape)")
        return Checked()
    }

    /// As many integers as the shape holds, and one scale or one for each column.
    static func stored(_ values: Int8Values, _ shape: Shape) -> Checked {
        require(
            values.integers.count == shape.count && [1, shape.last].contains(values.scales.count),
            "\(values.integers.count) integers with \(values.scales.count) scales for a tensor of shape \(shape)"
        )
        return Checked()
    }

    /// Two shapes of equal count.
    static func reshaped(_ input: Shape, _ shape: Shape) -> Checked {
        require(input.count == shape.count, "\(input) cannot be reshaped to \(shape): another count")
        return Checked()
    }

    /// Shapes that differ in the last axis at most.
    static func concatenated(_ first: Shape, _ second: Shape) -> Checked {
        require(
            first.rank > 0 && first.rank == second.rank && first.replacingLast(with: second.last) == second,
            "\(first) and \(second) differ in more than the last axis")
        return Checked()
    }

    /// No more columns than the last axis has.
    static func split(_ input: Shape, firstCount: Int) -> Checked {
        require(
            input.rank > 0 && 0...input.last ~= firstCount,
            "the first \(firstCount) columns of \(input)")
        return Checked()
    }

    /// A step of a sequence `[batch × time × …]`.
    static func step(_ input: Shape, at time: Int) -> Checked {
        _ = sequence(input)
        require(0..<input[1] ~= time, "step \(time) of a sequence \(input)")
        return Checked()
    }

    /// At least one step `[batch × …]`, all of one shape.
    static func stacked(_ steps: [Tensor]) -> Checked {
        require(!steps.isEmpty, "a sequence of no steps")
        let first = steps[0].shape
        require(first.rank > 0, "a step is [batch × …], not \(first)")
        require(steps.allSatisfy { $0.shape == first }, "steps of different shapes, first \(first)")
        return Checked()
    }

    /// A sequence `[batch × time × …]`.
    static func sequence(_ input: Shape) -> Checked {
        require(input.rank >= 2, "a sequence is [batch × time × …], not \(input)")
        return Checked()
    }

    /// A mask `[batch]` and two tensors `[batch × …]` of one shape.
    static func selected(_ mask: Shape, _ first: Shape, _ second: Shape) -> Checked {
        require(
            first == second && first.rank > 0 && mask == [first[0]],
            "a mask \(mask) cannot select between \(first) and \(second)")
        return Checked()
    }

    /// A row `[width]` for each index.
    static func rowSums(_ rows: Shape, at indices: Shape) -> Checked {
        require(rows.rank > 0 && rows.rows == indices.count, "rows \(rows) at indices \(indices)")
        return Checked()
    }
}

extension Tensor {
    /// The scalars as indices; traps unless each is an index of one of `count` rows.
    func indices(ofRows count: Int) -> [Int] {
        scalars.map { index in
            require(
                index >= 0 && index < Float(count) && index == index.rounded(),
                "\(index) is not the index of one of \(count) rows")
            return Int(index)
        }
    }
}
