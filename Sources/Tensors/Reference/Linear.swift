extension Device {
    /// `input · kernel + bias` over the last axis, for `kernel` `[input × output]`.
    public func linear(_ input: Tensor, kernel: Tensor, bias: Tensor, _: Checked) -> Tensor {
        let rows = input.shape.rows, outputs = kernel.shape[1]
        var y = [Float](repeating: 0, count: rows * outputs)
        let b = bias.scalars
        for row in 0..<rows { for o in 0..<outputs { y[row * outputs + o] = b[o] } }
        Matrix(input.scalars, columns: kernel.shape[0]).multiply(
            Matrix(kernel.scalars, columns: outputs), into: &y)
        return Tensor(y, shape: input.shape.replacingLast(with: outputs), like: input)
    }

    /// The gradients of `linear`: `dx = dy · kᵀ`, `dk = xᵀ · dy`, `db = Σ dy`.
    public func linearBackward(_ outputGradient: Tensor, input: Tensor, kernel: Tensor, _: Checked)
        -> LinearGradients
    {
        let outputs = kernel.shape[1]
        let x = Matrix(input.scalars, columns: kernel.shape[0])
        let k = Matrix(kernel.scalars, columns: outputs)
        let dy = Matrix(outputGradient.scalars, columns: outputs)
        var dx = [Float](repeating: 0, count: input.shape.count)
        var dk = [Float](repeating: 0, count: kernel.shape.count)
        dy.multiply(k.transposed(), into: &dx)
        x.transposed().multiply(dy, into: &dk)
        return LinearGradients(
            input: Tensor(dx, shape: input.shape, like: input),
            kernel: Tensor(dk, shape: kernel.shape, like: input),
            bias: Tensor(dy.columnSums(), shape: [outputs], like: input))
    }
}

/// Scalars as rows of equal length.
struct Matrix {
    var scalars: [Float]
    let columns: Int
    var rows: Int { columns == 0 ? 0 : scalars.count / columns }

    init(_ scalars: [Float], columns: Int) {
        self.scalars = scalars
        self.columns = columns
    }

    /// Adds the product of this matrix and `other` to `result`.
    func multiply(_ other: Matrix, into result: inout [Float]) {
        for row in 0..<rows {
            for inner in 0..<columns {
                let value = scalars[row * columns + inner]
                for column in 0..<other.columns {
                    result[row * other.columns + column] +=
                        value * other.scalars[inner * other.columns + column]
                }
            }
        }
    }

    func transposed() -> Matrix {
        var result = [Float](repeating: 0, count: scalars.count)
        for row in 0..<rows {
            for column in 0..<columns { result[column * rows + row] = scalars[row * columns + column] }
        }
        return Matrix(result, columns: rows)
    }

    func columnSums() -> [Float] {
        var sums = [Float](repeating: 0, count: columns)
        for index in scalars.indices { sums[index % columns] += scalars[index] }
        return sums
    }
}
