import Tensors

/// The numbers −1.1, −1.0 … 1.1, in a different order for each step; in Python
///
///     def pattern(step, *shape):
///         return (torch.arange(prod(shape)) * step % 23 / 10 - 1.1).reshape(shape).requires_grad_()
func pattern(_ step: Int, _ shape: Shape) -> Tensor {
    Tensor((0..<shape.count).map { Float($0 * step % 23) / 10 - 1.1 }, shape: shape, on: reference)
}
