public import Tensors

/// Masks the padding of a sequence, after Keras' `Masking`: the steps whose features all equal one value.
///
/// ``mask(for:)`` returns the mask; the output is zero at masked steps.
public struct Masking: Layer {
    /// The value of padding.
    public let value: Float

    /// Masks the steps whose features all equal `value`.
    public init(value: Float = 0) { self.value = value }

    /// 0 if all features of a step equal ``value``, otherwise 1: `[batch × time × features]` to `[batch × time]`, the
    /// mask of ``Tensors/RecurrentInput``.
    public func mask(for input: Tensor) -> Tensor { input.device.rowsDiffering(input, from: value) }

    /// The shape of the input.
    public func outputShape(for input: Shape) -> Shape { input }

    /// The input, with zeros at masked steps.
    public func callAsFunction(_ input: Tensor) -> Tensor { masked(input, mask(for: input)) }

    /// As inference; caches the mask.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Tensor) {
        let mask = mask(for: input)
        return (masked(input, mask), mask)
    }

    /// The gradient, with zeros at masked steps.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Tensor) -> Tensor {
        masked(outputGradient, cache)
    }

    /// There are no parameters.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {}

    private func masked(_ input: Tensor, _ mask: Tensor) -> Tensor {
        let shape = input.shape
        let rows = input.reshaped(to: [shape.rows, shape.last])
        let rowMask = mask.reshaped(to: [shape.rows])
        return Tensor.selected(by: rowMask, rows, else: rows.zeros).reshaped(to: shape)
    }
}
