public import Tensors

/// Finds the steps of a sequence that are padding, after Keras' `Masking`: those whose features all equal one
/// value. ``mask(for:)`` says which, and the output has zeros there.
public struct Masking: Layer {
    /// What padding is filled with.
    public let value: Float

    /// Takes steps of nothing but `value` for padding.
    public init(value: Float = 0) { self.value = value }

    /// Zero where all features of a step equal ``value``, else 1: `[batch × time × features]` to
    /// `[batch × time]`, the mask of ``Tensors/RecurrentInput``.
    public func mask(for input: Tensor) -> Tensor { input.device.rowsDiffering(input, from: value) }

    /// The input's.
    public func outputShape(for input: Shape) -> Shape { input }

    /// The input, with zeros at masked steps.
    public func callAsFunction(_ input: Tensor) -> Tensor { kept(input, mask(for: input)) }

    /// As inference; keeps the mask.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Tensor) {
        let mask = mask(for: input)
        return (kept(input, mask), mask)
    }

    /// The gradient of the steps that were kept.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Tensor) -> Tensor {
        kept(outputGradient, cache)
    }

    /// There are none.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {}

    private func kept(_ input: Tensor, _ mask: Tensor) -> Tensor {
        let (device, shape) = (input.device, input.shape)
        let rows = device.reshaped(input, to: [shape.rows, shape.last])
        let read = device.reshaped(mask, to: [shape.rows])
        return device.reshaped(device.selected(read, rows, rows.zeros), to: shape)
    }
}
