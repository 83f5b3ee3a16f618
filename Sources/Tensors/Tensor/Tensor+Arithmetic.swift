/// Arithmetic, so that a layer reads like its paper: `cell = forget * previous + input * candidate`.
///
/// Each operation is one kernel of the left tensor's device, except where its documentation says otherwise.
extension Tensor {
    /// The element-wise sum of two tensors of one shape.
    public static func + (left: Tensor, right: Tensor) -> Tensor { left.device.sum(left, right) }

    /// The element-wise difference of two tensors of one shape, in two kernels: `left + -1 · right`.
    public static func - (left: Tensor, right: Tensor) -> Tensor {
        left.device.sum(left, left.device.scaled(right, by: -1, plus: 0))
    }

    /// The element-wise product of two tensors of one shape.
    public static func * (left: Tensor, right: Tensor) -> Tensor { left.device.product(left, right) }

    /// The element-wise quotient of two tensors of one shape.
    public static func / (left: Tensor, right: Tensor) -> Tensor { left.device.quotient(left, right) }

    /// The products of matrices `[… × rows × columns]`, pair by pair, with `other` or, if the form says so, with its
    /// transposes.
    ///
    /// The gradients of `c = a.matrixProduct(b)` are `da = dc.matrixProduct(b, .secondTransposed)` and
    /// `db = a.matrixProduct(dc, .firstTransposed)`.
    public func matrixProduct(_ other: Tensor, _ form: MatrixProductForm = .plain) -> Tensor {
        device.matrixProducts(self, other, form)
    }

    /// The sums over an axis, without that axis; ``repeated(_:along:)`` turns the gradient into that of the elements.
    public func sum(over axis: Int) -> Tensor { device.sums(self, over: axis) }

    /// The means over an axis, without that axis.
    public func mean(over axis: Int) -> Tensor { 1 / Float(shape[axis]) * sum(over: axis) }

    /// The maxima over an axis, without that axis; NaN if an element is NaN.
    public func maximum(over axis: Int) -> Tensor { device.maxima(self, over: axis) }

    /// `count` copies along a new axis at the given place.
    public func repeated(_ count: Int, along axis: Int) -> Tensor {
        device.repeated(self, count: count, along: axis)
    }

    /// Each element times `scale`.
    public static func * (scale: Float, tensor: Tensor) -> Tensor {
        tensor.device.scaled(tensor, by: scale, plus: 0)
    }

    /// A function of each element.
    public func activated(_ activation: Activation) -> Tensor { device.activation(self, activation) }

    /// The gradient for the input of an activation, from this gradient for its output and from the output.
    public func backward(through activation: Activation, output: Tensor) -> Tensor {
        device.activationBackward(self, output: output, activation)
    }

    /// A self-gated function of each element.
    public func activated(_ activation: SelfGatedActivation) -> Tensor { device.activation(self, activation) }

    /// The gradient for the input of a self-gated activation, from this gradient for its output and from the input.
    public func backward(through activation: SelfGatedActivation, input: Tensor) -> Tensor {
        device.activationBackward(self, input: input, activation)
    }

    /// The softmax over the last axis, in two kernels.
    public func softmax() -> Tensor { device.logSoftmax(self).activated(.exponential) }

    /// The logistic function 1 / (1 + e⁻ˣ) of each element.
    public func sigmoid() -> Tensor { activated(.sigmoid) }

    /// The hyperbolic tangent of each element.
    public func tanh() -> Tensor { activated(.tanh) }

    /// −1 for each negative element, 1 for each positive one, otherwise 0.
    public func signs() -> Tensor { device.signs(self) }
}
