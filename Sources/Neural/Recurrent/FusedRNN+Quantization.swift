import Tensors

extension FusedRNN {
    /// Whether both kernels are int8.
    public var isQuantized: Bool {
        cell.weights.kernel.value.isInt8 && cell.weights.recurrentKernel.value.isInt8
    }

    /// The same layer with both kernels quantized to int8, with a scale for each column; for inference.
    public func quantized() -> Self {
        changingKernels { kernel in
            let values = Int8Values(quantizing: kernel.scalars, columns: kernel.shape.last, limit: 127)
            return Tensor(int8: values, shape: kernel.shape, on: kernel.device)
        }
    }

    /// The same layer with dequantized kernels.
    public var dequantized: Self {
        changingKernels { Tensor($0.scalars, shape: $0.shape, on: $0.device) }
    }

    private func changingKernels(_ change: (Tensor) -> Tensor) -> Self {
        var layer = self
        layer.cell.weights.kernel.value = change(cell.weights.kernel.value)
        layer.cell.weights.recurrentKernel.value = change(cell.weights.recurrentKernel.value)
        return layer
    }
}
