extension Device {
    /// The same scalars in row-major order, in another shape of equal count.
    public func reshaped(_ input: Tensor, to shape: Shape, _: Checked) -> Tensor {
        Tensor(input.scalars, shape: shape, like: input)
    }

    /// The tensors joined along the last axis.
    public func concatenated(_ first: Tensor, _ second: Tensor, _: Checked) -> Tensor {
        let left = first.shape.last, right = second.shape.last
        let a = first.scalars, b = second.scalars
        var result: [Float] = []
        result.reserveCapacity(a.count + b.count)
        for row in 0..<first.shape.rows {
            result += a[row * left..<(row + 1) * left]
            result += b[row * right..<(row + 1) * right]
        }
        return Tensor(result, shape: first.shape.replacingLast(with: left + right), like: first)
    }

    /// The first `firstCount` columns of the last axis, and the rest: the reverse of `concatenated`.
    public func split(_ input: Tensor, firstCount: Int, _: Checked) -> (first: Tensor, second: Tensor) {
        let width = input.shape.last
        let x = input.scalars
        var first: [Float] = [], second: [Float] = []
        for row in 0..<input.shape.rows {
            first += x[row * width..<row * width + firstCount]
            second += x[row * width + firstCount..<(row + 1) * width]
        }
        return (
            Tensor(first, shape: input.shape.replacingLast(with: firstCount), like: input),
            Tensor(second, shape: input.shape.replacingLast(with: width - firstCount), like: input)
        )
    }

    /// One after the other.
    public func concurrently<First: Sendable, Second: Sendable>(
        _ first: @Sendable () -> First, _ second: @Sendable () -> Second
    ) -> (First, Second) {
        (first(), second())
    }
}
