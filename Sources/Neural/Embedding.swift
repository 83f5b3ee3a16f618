public import Tensors

/// A learnt row for each of a closed list of things that are known by their index, after Keras' `Embedding`.
///
/// The input is a tensor of whole numbers from 0 to below ``count``; another number is a programmer's error.
public struct Embedding: Layer {
    /// `[count × width]`.
    public var embeddings: Parameter
    /// Whether index 0 stands for padding, so that ``mask(for:)`` passes over it.
    public let masksZero: Bool

    /// A table of `count` rows of `width` features, uniform within ±0.05 unless told otherwise.
    public init(
        count: Int, width: Int, masksZero: Bool = false,
        embeddings: ParameterRules = ParameterRules(.uniform(0.05)), on device: any Device,
        using generator: inout some RandomNumberGenerator
    ) {
        self.embeddings = Parameter([count, width], embeddings, on: device, using: &generator)
        self.masksZero = masksZero
    }

    /// How many things there are rows for.
    public var count: Int { embeddings.value.shape[0] }

    /// `[… × width]` for indices `[…]`.
    public func outputShape(for input: Shape) -> Shape {
        Shape(input.dimensions + [embeddings.value.shape[1]])
    }

    /// Zero where the index is 0, else 1, of the input's shape: the mask of ``Tensors/RecurrentInput``. Nil
    /// without ``masksZero``.
    public func mask(for input: Tensor) -> Tensor? {
        guard masksZero else { return nil }
        let device = input.device
        let rows = device.reshaped(input, to: Shape(input.shape.dimensions + [1]))
        return device.rowsDiffering(rows, from: 0)
    }

    /// The rows of indices `[…]`, as `[… × width]`.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        embeddings.value.device.rows(of: embeddings.value, at: input)
    }

    /// As inference; keeps the indices.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Tensor) { (self(input), input) }

    /// Each row's gradient is the sum over the places where it stands. Indices have none: zeros come back.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Tensor) -> Tensor {
        embeddings.gradient = outputGradient.device.rowSums(outputGradient, at: cache, count: count)
        return cache.zeros
    }

    /// Visits the table.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&embeddings, named: "embeddings")
    }
}
