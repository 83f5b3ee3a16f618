import Files
import Neural
import Tensors
import TestSupport
import Testing

private func lstm() -> LSTM {
    var generator = SeededGenerator(seed: 1)
    return LSTM(
        features: 2, units: 3, options: RecurrentOptions(returnSequences: true), on: reference,
        using: &generator)
}

private let sequence = Tensor.uniform([2, 6, 2], seed: 3)

/// Three parts of the sequence, of two steps each.
private let parts = (0..<3).map { part in
    reference.stacked((2 * part..<2 * part + 2).map { reference.step(sequence, at: $0) })
}

private func joined(_ outputs: [Tensor]) -> [Float] {
    reference.stacked(outputs.flatMap { output in (0..<2).map { reference.step(output, at: $0) } }).scalars
}

@Test func threeBatchesReadAsOneSequence() {
    let whole = lstm()(sequence).scalars
    var (inferring, training) = (Stateful(lstm()), Stateful(lstm()))
    #expect(joined(parts.map { inferring.advance($0) }) == whole)
    #expect(joined(parts.map { training.forward($0).output }) == whole)
    #expect(inferring.state.map(\.scalars) == training.state.map(\.scalars))
}

@Test func callingLeavesTheStatesAndResettingForgetsThem() {
    var layer = Stateful(lstm())
    let first = layer.advance(parts[0])
    #expect(layer(parts[1]).scalars == layer(parts[1]).scalars)
    #expect(layer(parts[0]).scalars != first.scalars)
    layer.reset()
    #expect(layer.state.isEmpty && layer.advance(parts[0]).scalars == first.scalars)
}

@Test func statesGivenWithTheInputGoBeforeThoseKept() {
    let given = [Tensor.uniform([2, 3], seed: 4), .uniform([2, 3], seed: 5)]
    var (layer, fresh) = (Stateful(lstm()), Stateful(lstm()))
    _ = layer.advance(parts[0])
    fresh.reset(to: given)
    let output = layer.advance(RecurrentInput(parts[1], state: given))
    #expect(output.output.scalars == fresh.advance(parts[1]).scalars)
    #expect(layer.state.map(\.scalars) == output.state.map(\.scalars))
}

@Test func gradientsEndAtTheFirstStepOfABatch() {
    var layer = Stateful(lstm())
    _ = layer.forward(parts[0])
    #expect(gradientMismatches(of: layer, input: parts[1]) == [])
    #expect(layer.outputShape(for: [2, 6, 2]) == [2, 6, 3])
    #expect(layer.stateShapes(for: [2, 6, 2]) == [[2, 3], [2, 3]])
}

#if DEBUG
    @Test func aBatchOfAnotherSizeNeedsAReset() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            var layer = Stateful(lstm())
            _ = layer.advance(parts[0])
            _ = layer.advance(Tensor(repeating: 0, shape: [1, 2, 2], on: reference))
        }
        let words = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(words.contains("a batch of 1 after one of 2: reset the states first"))
    }
#endif
