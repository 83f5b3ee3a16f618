import Tensors

extension FusedRNN {
    /// Whether both kernels are whole numbers of 8 bits.
    public var isQuantized: Bool {
        cell.weights.kernel.value.isWhole && cell.weights.recurrentKernel.value.isWhole
    }

    /// The same layer for inference with both kernels rounded to whole numbers of 8 bits, each column by a scale of
    /// its own.
    public func quantized() -> Self {
        changingKernels { kernel in
            let whole = WholeNumbers(rounding: kernel.scalars, places: kernel.shape.last, limit: 127)
            return Tensor(whole: whole, shape: kernel.shape, on: kernel.device)
        }
    }

    /// The same layer with the floats that its kernels stand for.
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
