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

    /// The logistic function 1 / (1 + e⁻ˣ) of each element.
    public func sigmoid() -> Tensor { activated(.sigmoid) }

    /// The hyperbolic tangent of each element.
    public func tanh() -> Tensor { activated(.tanh) }

    /// −1 for each negative element, 1 for each positive one, otherwise 0.
    public func signs() -> Tensor { device.signs(self) }
}
