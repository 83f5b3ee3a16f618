internal import CKernels
internal import COneDNN
internal import Tensors

extension CPUDevice {
    /// `result ← x · kernel` in the device's precision, or in int8 if the kernel is int8. The result is 32-bit floats.
    func fillProduct(_ x: RowMatrix, _ kernel: Tensor, into result: Memory) {
        if let product = Int8Product(kernel, in: context) { return product.fill(result, x) }
        let columns = kernel.shape[1]
        guard precision == .bfloat16, x.rows > 0, x.columns > 0 else {
            if let product = PanelProduct(storage(of: kernel)) {
                return product.fill(result, x)
            }
            let k = rowMajor(kernel)
            return withExtendedLifetime((x, k)) {
                multiply(
                    x.operand, Operand(floats: k.floats, stride: columns), to: result.floats,
                    ProductSizes(rows: x.rows, columns: columns, inner: x.columns))
            }
        }
        context.multiplyHalves(
            halves(of: x), storage(of: kernel), .dense(kernel.shape.dimensions), kernel.shape.dimensions,
            into: context.view(result, as: .dense([x.rows, columns])))
    }

    /// `dx`, `dk` and `db` of a product of rows `x` and a kernel, computed in a precision. All are 32-bit floats, and
    /// `dx` has the order of the rows.
    func projectionGradients(
        _ dy: RowMatrix, _ x: RowMatrix, kernel: Tensor, _ precision: Precision
    ) -> (input: Memory, kernel: Memory, bias: Memory) {
        let dx = context.memory(x.memory.descriptor), dk = context.memory(.rowMajor(kernel.shape))
        let db = context.memory(.dense([kernel.shape[1]]))
        withExtendedLifetime(dy) {
            kernels.elementwise.column_sums(db.floats, dy.floats, dy.rows, dy.columns)
        }
        if precision == .bfloat16, x.rows > 0, x.columns > 0 {
            fillHalfGradients(dy, x, kernel, dx, dk)
        } else {
            fillGradients(dy, x, kernel, dx, dk)
        }
        return (dx, dk, db)
    }

    private func fillGradients(
        _ dy: RowMatrix, _ x: RowMatrix, _ kernel: Tensor, _ dx: Memory, _ dk: Memory
    ) {
        let (inputs, outputs) = (kernel.shape[0], kernel.shape[1])
        let k = rowMajor(kernel)
        withExtendedLifetime((x, dy, k)) {
            multiply(
                dy.operand, Operand(floats: k.floats, stride: outputs).transposed, to: dx.floats,
                ProductSizes(rows: x.rows, columns: inputs, inner: outputs))
            multiply(
                x.operand.transposed, dy.operand, to: dk.floats,
                ProductSizes(rows: inputs, columns: outputs, inner: x.rows))
        }
    }

    private func fillHalfGradients(
        _ dy: RowMatrix, _ x: RowMatrix, _ kernel: Tensor, _ dx: Memory, _ dk: Memory
    ) {
        let (inputs, outputs) = (kernel.shape[0], kernel.shape[1])
        let gradients = halves(of: dy)
        context.multiplyHalves(
            gradients, storage(of: kernel), Descriptor([outputs, inputs], strides: [1, outputs]),
            [outputs, inputs],
            into: context.view(dx, as: x.descriptor))
        let transposed = Descriptor([inputs, x.rows], strides: [1, inputs], dnnl_bf16)
        context.multiplyHalves(
            context.view(halves(of: x), as: transposed), gradients, into: dk)
    }

    /// The rows as 16-bit floats `[rows × columns]`.
    private func halves(of rows: RowMatrix) -> Memory {
        context.reordered(
            context.view(rows.memory, as: rows.descriptor), to: .dense([rows.rows, rows.columns], dnnl_bf16))
    }
}

extension Context {
    /// `result ← left · weights` in 16-bit floats, for weights of `sizes`; `view` describes their row-major order. The
    /// packed weights are cached. The result is 32-bit floats.
    fileprivate func multiplyHalves(
        _ left: Memory, _ weights: CPUStorage, _ view: Descriptor, _ sizes: [Int], into result: Memory
    ) {
        let free = Descriptor(anyLayoutOf: sizes, dnnl_bf16)
        let operation = product(left.descriptor, free, result.descriptor)
        let right = weights.packed(view, to: operation.layout(dnnl_query_weights_md))
        run(operation, [DNNL_ARG_SRC_0: left, DNNL_ARG_WEIGHTS_0: right, DNNL_ARG_DST_0: result])
    }

    /// `result ← left · right` of 16-bit floats in their present layouts. The result is 32-bit floats.
    fileprivate func multiplyHalves(_ left: Memory, _ right: Memory, into result: Memory) {
        let operation = product(left.descriptor, right.descriptor, result.descriptor)
        run(operation, [DNNL_ARG_SRC_0: left, DNNL_ARG_WEIGHTS_0: right, DNNL_ARG_DST_0: result])
    }

    private func product(
        _ left: Descriptor, _ right: Descriptor, _ result: Descriptor
    ) -> PrimitiveDescriptor {
        PrimitiveDescriptor("a matrix product") {
            onednn_matrix_product($0, $1, left.handle, right.handle, result.handle)
        }
    }
}
