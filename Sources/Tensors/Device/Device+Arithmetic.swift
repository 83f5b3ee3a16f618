/// The kernels of arithmetic with their checks; see the requirements of the same names.
extension Device {
    /// The gradient of a self-gated activation, from its input.
    public func activationBackward(
        _ outputGradient: Tensor, input: Tensor, _ activation: SelfGatedActivation
    ) -> Tensor {
        activationBackward(
            outputGradient, input: input, activation,
            .gradient(outputGradient.shape, ofOutput: input.shape))
    }

    /// The element-wise quotient of two tensors of one shape.
    public func quotient(_ first: Tensor, _ second: Tensor) -> Tensor {
        quotient(first, second, .same(first.shape, second.shape, "a quotient"))
    }

    /// The sums over an axis, without that axis.
    public func sums(_ input: Tensor, over axis: Int) -> Tensor {
        sums(input, over: axis, .axis(axis, of: input.shape))
    }

    /// The maxima over an axis, without that axis; NaN if an element is NaN.
    public func maxima(_ input: Tensor, over axis: Int) -> Tensor {
        maxima(input, over: axis, .maxima(input.shape, over: axis))
    }

    /// `count` copies along a new axis at the given place.
    public func repeated(_ input: Tensor, count: Int, along axis: Int) -> Tensor {
        repeated(input, count: count, along: axis, .repeated(input.shape, count: count, along: axis))
    }

    /// The products of matrices `[… × rows × columns]`, pair by pair.
    public func matrixProducts(_ first: Tensor, _ second: Tensor, _ form: MatrixProductForm) -> Tensor {
        matrixProducts(first, second, form, .matrixProducts(first.shape, second.shape, form))
    }
}
