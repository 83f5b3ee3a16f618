extension Device {
    /// A self-gated function of each scalar.
    public func activation(_ input: Tensor, _ activation: SelfGatedActivation) -> Tensor {
        Tensor(input.scalars.map { activation.value(at: $0) }, shape: input.shape, like: input)
    }

    /// The gradient of a self-gated activation, from its input.
    public func activationBackward(
        _ outputGradient: Tensor, input: Tensor, _ activation: SelfGatedActivation, _: Checked
    ) -> Tensor {
        combined(outputGradient, input) { $0 * activation.derivative(at: $1) }
    }

    /// The element-wise quotient of two tensors of one shape.
    public func quotient(_ first: Tensor, _ second: Tensor, _: Checked) -> Tensor {
        combined(first, second, /)
    }

    /// The sums over an axis, without that axis; added in the order of the axis.
    public func sums(_ input: Tensor, over axis: Int, _: Checked) -> Tensor {
        folded(input, over: axis, from: 0, +)
    }

    /// The maxima over an axis, without that axis; NaN if an element is NaN.
    public func maxima(_ input: Tensor, over axis: Int, _: Checked) -> Tensor {
        folded(input, over: axis, from: -.infinity) { $1 <= $0 ? $0 : $0.isNaN ? $0 : $1 }
    }

    private func folded(
        _ input: Tensor, over axis: Int, from start: Float, _ combine: (Float, Float) -> Float
    ) -> Tensor {
        let (outer, count, inner) = input.shape.parts(around: axis), x = input.scalars
        var result = [Float](repeating: start, count: outer * inner)
        for o in 0..<outer {
            for index in 0..<count {
                for i in 0..<inner {
                    let place = o * inner + i
                    result[place] = combine(result[place], x[(o * count + index) * inner + i])
                }
            }
        }
        return Tensor(result, shape: input.shape.removing(axis), like: input)
    }

    /// `count` copies along a new axis at the given place.
    public func repeated(_ input: Tensor, count: Int, along axis: Int, _: Checked) -> Tensor {
        let shape = Shape(input.shape.dimensions[..<axis] + [count] + input.shape.dimensions[axis...])
        let (outer, _, inner) = shape.parts(around: axis), x = input.scalars
        let copies = (0..<outer).flatMap { o in
            (0..<count).flatMap { _ in x[o * inner..<(o + 1) * inner] }
        }
        return Tensor(copies, shape: shape, like: input)
    }

    /// The products of matrices `[… × rows × columns]`, pair by pair.
    public func matrixProducts(
        _ first: Tensor, _ second: Tensor, _ form: MatrixProductForm, _: Checked
    ) -> Tensor {
        let (rows, columns, inner) = form.sizes(first.shape, second.shape)
        let shape = form.outputShape(first.shape, second.shape)
        let count = shape.dimensions.dropLast(2).reduce(1, *)
        var products = [Float]()
        products.reserveCapacity(shape.count)
        for index in 0..<count {
            let a = first.matrix(index, columns: form == .firstTransposed ? rows : inner)
            let b = second.matrix(index, columns: form == .secondTransposed ? inner : columns)
            var product = [Float](repeating: 0, count: rows * columns)
            (form == .firstTransposed ? a.transposed() : a).multiply(
                form == .secondTransposed ? b.transposed() : b, into: &product)
            products += product
        }
        return Tensor(products, shape: shape, like: first)
    }
}

extension Tensor {
    /// One of the matrices `[… × rows × columns]`.
    fileprivate func matrix(_ index: Int, columns: Int) -> Matrix {
        let size = shape[shape.rank - 2] * shape.last
        return Matrix(Array(scalars[index * size..<(index + 1) * size]), columns: columns)
    }
}

extension Shape {
    /// The products of the sizes before an axis, of the axis, and of those after it.
    package func parts(around axis: Int) -> (outer: Int, count: Int, inner: Int) {
        (
            dimensions[..<axis].reduce(1, *), dimensions[axis], dimensions[(axis + 1)...].reduce(1, *)
        )
    }

    /// The shape without an axis.
    package func removing(_ axis: Int) -> Shape {
        Shape(Array(dimensions[..<axis]) + dimensions[(axis + 1)...])
    }
}
