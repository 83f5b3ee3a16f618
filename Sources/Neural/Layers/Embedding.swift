public import Tensors

/// A table with a trained row for each index, after Keras' `Embedding`.
///
/// The input is a tensor of integers from 0 to below ``count``; any other number traps.
public struct Embedding: Layer {
    /// `[count × width]`.
    public var embeddings: Parameter
    /// Whether index 0 is padding, which ``mask(for:)`` masks.
    public let masksZero: Bool

    /// A table of `count` rows of `width` features; by default, uniform within ±0.05.
    public init(
        count: Int, width: Int, masksZero: Bool = false,
        embeddings: ParameterRules = ParameterRules(.uniform(0.05)), on device: any Device,
        using generator: inout some RandomNumberGenerator
    ) {
        self.embeddings = Parameter([count, width], embeddings, on: device, using: &generator)
        self.masksZero = masksZero
    }

    /// The number of rows.
    public var count: Int { embeddings.value.shape[0] }

    /// `[… × width]` for indices `[…]`.
    public func outputShape(for input: Shape) -> Shape {
        Shape(input.dimensions + [embeddings.value.shape[1]])
    }

    /// 0 if the index is 0, otherwise 1, of the input's shape: the mask of ``Tensors/RecurrentInput``. Nil without
    /// ``masksZero``.
    public func mask(for input: Tensor) -> Tensor? {
        guard masksZero else { return nil }
        let rows = input.reshaped(to: Shape(input.shape.dimensions + [1]))
        return rows.device.rowsDiffering(rows, from: 0)
    }

    /// The rows of indices `[…]`, as `[… × width]`.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        embeddings.value.device.rows(of: embeddings.value, at: input)
    }

    /// As inference; caches the indices.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Tensor) { (self(input), input) }

    /// A row's gradient is the sum over all occurrences of its index. Indices have no gradient: returns zeros.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Tensor) -> Tensor {
        embeddings.gradient = outputGradient.device.rowSums(outputGradient, at: cache, count: count)
        return cache.zeros
    }

    /// Visits the table.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&embeddings, named: "embeddings")
    }
}
