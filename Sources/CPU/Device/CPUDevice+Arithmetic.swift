public import Tensors

/// Arithmetic, in row-major order.
extension CPUDevice {
    /// A self-gated function of each scalar.
    public func activation(_ input: Tensor, _ activation: SelfGatedActivation) -> Tensor {
        let x = rowMajor(input)
        return filled(input.shape) { result, range in
            for index in range { result[index] = activation.value(at: x.floats[index]) }
        }
    }

    /// The gradient of a self-gated activation, from its input.
    public func activationBackward(
        _ outputGradient: Tensor, input: Tensor, _ activation: SelfGatedActivation, _: Checked
    ) -> Tensor {
        let dy = rowMajor(outputGradient), x = rowMajor(input)
        return filled(input.shape) { result, range in
            for index in range {
                result[index] = dy.floats[index] * activation.derivative(at: x.floats[index])
            }
        }
    }

    /// The element-wise quotient of two tensors of one shape.
    public func quotient(_ first: Tensor, _ second: Tensor, _: Checked) -> Tensor {
        let a = rowMajor(first), b = rowMajor(second)
        return filled(first.shape) { result, range in
            for index in range { result[index] = a.floats[index] / b.floats[index] }
        }
    }

    /// The sums over an axis, without that axis; added in the order of the axis.
    public func sums(_ input: Tensor, over axis: Int, _: Checked) -> Tensor {
        folded(input, over: axis, from: 0) { $0 + $1 }
    }

    /// The maxima over an axis, without that axis; NaN if an element is NaN.
    public func maxima(_ input: Tensor, over axis: Int, _: Checked) -> Tensor {
        folded(input, over: axis, from: -.infinity) { $1 <= $0 ? $0 : $0.isNaN ? $0 : $1 }
    }

    /// `count` copies along a new axis at the given place.
    public func repeated(_ input: Tensor, count: Int, along axis: Int, _: Checked) -> Tensor {
        let shape = Shape(input.shape.dimensions[..<axis] + [count] + input.shape.dimensions[axis...])
        let x = rowMajor(input), inner = shape.parts(around: axis).inner
        let result = context.memory(.rowMajor(shape))
        for copy in 0..<(inner == 0 ? 0 : shape.count / inner) {
            (result.floats + copy * inner).update(from: x.floats + copy / count * inner, count: inner)
        }
        return withExtendedLifetime(x) { tensor(result, shape) }
    }

    /// The products of matrices `[… × rows × columns]`, one after the other.
    public func matrixProducts(
        _ first: Tensor, _ second: Tensor, _ form: MatrixProductForm, _: Checked
    ) -> Tensor {
        context.useThreads()
        let (rows, columns, inner) = form.sizes(first.shape, second.shape)
        let shape = form.outputShape(first.shape, second.shape)
        let a = rowMajor(first), b = rowMajor(second), result = context.memory(.rowMajor(shape))
        for index in 0..<shape.dimensions.dropLast(2).reduce(1, *) {
            let left = Operand(floats: a.floats + index * rows * inner, stride: max(1, first.shape.last))
            let right = Operand(floats: b.floats + index * inner * columns, stride: max(1, second.shape.last))
            multiply(
                form == .firstTransposed ? left.transposed : left,
                form == .secondTransposed ? right.transposed : right,
                to: result.floats + index * rows * columns,
                ProductSizes(rows: rows, columns: columns, inner: inner))
        }
        return withExtendedLifetime((a, b)) { tensor(result, shape) }
    }

    /// Combines the elements along an axis, in order.
    private func folded(
        _ input: Tensor, over axis: Int, from start: Float, _ combine: (Float, Float) -> Float
    ) -> Tensor {
        let (_, count, inner) = input.shape.parts(around: axis), x = rowMajor(input)
        return filled(input.shape.removing(axis)) { result, range in
            for place in range {
                let first = place / inner * count * inner + place % inner
                result[place] = (0..<count).reduce(start) { combine($0, x.floats[first + $1 * inner]) }
            }
        }
    }

    /// A tensor in row-major order that `body` fills, range by range.
    private func filled(_ shape: Shape, _ body: (UnsafeMutablePointer<Float>, Range<Int>) -> Void) -> Tensor {
        context.useThreads()
        let result = context.memory(.rowMajor(shape))
        context.forEachRange(of: shape.count) { body(result.floats, $0) }
        return tensor(result, shape)
    }
}
