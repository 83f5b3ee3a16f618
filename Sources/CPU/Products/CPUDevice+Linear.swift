internal import CKernels
public import Tensors

extension CPUDevice {
    /// A linear map over the last axis. Rows keep the order of the input.
    public func linear(_ input: Tensor, kernel: Tensor, bias: Tensor, _: Checked) -> Tensor {
        context.useThreads()
        let x = storage(of: input).rows, k = storage(of: kernel).rowMajor, b = rowMajor(bias)
        let outputs = kernel.shape[1]
        let shape = input.shape.replacingLast(with: outputs)
        let result = context.memory(x.order.descriptor(shape))
        withExtendedLifetime((x, k, b)) {
            context.forEachRange(of: x.rows, grain: 1024) { rows in
                crnn_fill_rows(result.floats + rows.lowerBound * outputs, b.floats, rows.count, outputs)
            }
            multiply(
                x.operand, Operand(floats: k.floats, stride: outputs), adds: true,
                to: result.floats, ProductSizes(rows: x.rows, columns: outputs, inner: x.columns))
        }
        return tensor(result, shape)
    }

    /// The gradients of `linear`: `dx = dy · kᵀ`, `dk = xᵀ · dy`, `db = Σ dy`.
    public func linearBackward(_ outputGradient: Tensor, input: Tensor, kernel: Tensor, _: Checked)
        -> LinearGradients
    {
        context.useThreads()
        let x = storage(of: input).rows
        let dy = storage(of: outputGradient).rows(in: x.order)
        let gradients = projectionGradients(dy, x, kernel: kernel, .float32)
        return LinearGradients(
            input: tensor(gradients.input, input.shape), kernel: tensor(gradients.kernel, kernel.shape),
            bias: tensor(gradients.bias, [kernel.shape[1]]))
    }
}

extension RowMatrix {
    /// The rows as a factor of a product.
    var operand: Operand { Operand(floats: floats, stride: max(1, columns)) }
}
