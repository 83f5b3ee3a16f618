import Files
import Neural
import Tensors
import TestSupport
import Testing

/// An embedding of fixed indices; its only input is the table.
private struct Lookup: Layer {
    var embedding: Embedding
    let indices: Tensor

    func outputShape(for input: Shape) -> Shape { embedding.outputShape(for: indices.shape) }

    func callAsFunction(_ input: Tensor) -> Tensor { embedding(indices) }

    mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Tensor) { embedding.forward(indices) }

    mutating func backward(_ outputGradient: Tensor, _ cache: consuming Tensor) -> Tensor {
        _ = embedding.backward(outputGradient, cache)
        return Tensor([], shape: [0], on: reference)
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        embedding.visitParameters(&visitor)
    }
}

private func embedding(masksZero: Bool = false) -> Embedding {
    var generator = SeededGenerator(seed: 1)
    return Embedding(count: 4, width: 3, masksZero: masksZero, on: reference, using: &generator)
}

private func indices(_ values: [Float], _ shape: Shape) -> Tensor {
    Tensor(values, shape: shape, on: reference)
}

/// Rows that occur once, several times and never.
@Test(arguments: [indices([1, 3, 3, 0, 3, 1], [2, 3]), indices([2], [1]), indices([0, 0], [1, 1, 2])])
func embeddingGradientsAgreeWithDifferences(_ indices: Tensor) {
    let lookup = Lookup(embedding: embedding(), indices: indices)
    let nothing = Tensor([], shape: [0], on: reference)
    #expect(gradientMismatches(of: lookup, input: nothing) == [])
}

@Test func anIndexStandsForItsRow() {
    var layer = embedding()
    layer.embeddings.value = Tensor((0..<12).map(Float.init), shape: [4, 3], on: reference)
    let output = layer(indices([3, 0], [1, 2]))
    #expect(output.shape == [1, 2, 3] && layer.outputShape(for: [1, 2]) == [1, 2, 3])
    #expect(output.scalars == [9, 10, 11, 0, 1, 2])
}

@Test func embeddingsStartWithinATwentieth() {
    let values = embedding().embeddings.value.scalars
    #expect(values.allSatisfy { abs($0) <= 0.05 } && Set(values).count == 12)
}

@Test func onlyIndexZeroIsPaddingAndOnlyIfAskedFor() throws {
    let batch = indices([2, 1, 0, 0, 3, 0], [2, 3])
    #expect(embedding().mask(for: batch) == nil)
    let mask = try #require(embedding(masksZero: true).mask(for: batch))
    #expect(mask.shape == [2, 3] && mask.scalars == [1, 1, 0, 0, 1, 0])
}

/// The padded sample has the last output that it has alone, in inference and in training.
@Test(arguments: [ScanDirection.forward, .backward])
func theMaskOfAnEmbeddingHidesPaddingFromARecurrence(_ direction: ScanDirection) {
    var generator = SeededGenerator(seed: 2)
    let layer = embedding(masksZero: true)
    var lstm = LSTM(
        features: 3, units: 2, options: RecurrentOptions(direction: direction), on: reference,
        using: &generator)
    func input(_ batch: Tensor) -> RecurrentInput {
        RecurrentInput(layer(batch), mask: layer.mask(for: batch))
    }
    let padded = lstm(input(indices([1, 2, 0, 0, 3, 1, 2, 1], [2, 4]))).output
    let alone = lstm(input(indices([1, 2], [1, 2]))).output
    #expect(Array(padded.scalars.prefix(2)) == alone.scalars)
    #expect(lstm.forward(input(indices([1, 2, 0], [1, 3]))).output.output.scalars == alone.scalars)
}
