import Neural
import Tensors
import TestSupport
import Testing

private func stack(_ kind: CellKind, dropout: RecurrentDropout = .none) -> StackedCells<AnyCell> {
    let configuration = CellConfiguration(dropout: dropout)
    return StackedCells([
        AnyCell(kind, units: 3, configuration), AnyCell(kind, features: 3, units: 2, configuration),
    ])
}

private let sequences = RecurrentOptions(returnSequences: true)

@Test(arguments: CellKind.allCases, [MaskForm.none, .holes, .firstSteps])
func stackedGradientsAgreeWithDifferences(_ kind: CellKind, _ mask: MaskForm) {
    let rnn = RNN(stack(kind), sequences)
    #expect(gradientMismatches(of: rnn, input: rnn.input(mask)) == [])
}

@Test func stackedGradientsAgreeWithDifferencesUnderDropout() {
    let dropout = RecurrentDropout(inputShare: 0.3, stateShare: 0.3, masksEachGate: true, seed: 6)
    let rnn = RNN(stack(.gru, dropout: dropout))
    #expect(gradientMismatches(of: rnn, input: rnn.input()) == [])
}

/// Without masks, a stack of cells is a stack of layers.
@Test(arguments: CellKind.allCases)
func aStackOfCellsIsAStackOfScans(_ kind: CellKind) {
    let stack = stack(kind)
    let layers = stack.cells.map { RNN($0, sequences) }
    let rnn = RNN(stack, sequences)
    let input = rnn.input()
    let count = stack.cells[0].stateSize.count
    let first = layers[0](RecurrentInput(input.sequence, state: Array(input.state.prefix(count))))
    let second = layers[1](RecurrentInput(first.output, state: Array(input.state.dropFirst(count))))
    let found = rnn(input)
    #expect(largestDifference(found.output.scalars, second.output.scalars) <= 1e-6)
    #expect(
        largestDifference(
            found.state.flatMap(\.scalars), (first.state + second.state).flatMap(\.scalars)) <= 1e-6)
}

@Test func aStackKnowsItsSizes() {
    let stack = stack(.lstm)
    #expect(stack.stateSize == [3, 3, 2, 2] && stack.outputSize == 2)
    #expect(stack.stateShapes(for: [5, 2]) == [[5, 3], [5, 3], [5, 2], [5, 2]])
    #expect(stack.outputShape(for: [5, 2]) == [5, 2])
    #expect(RNN(stack).outputShape(for: [5, 4, 2]) == [5, 2])
    #expect(RNN(stack, sequences).outputShape(for: [5, 4, 2]) == [5, 4, 2])
    #expect(
        visited(stack).map(\.name)
            == ["0.kernel", "0.recurrentKernel", "0.bias", "1.kernel", "1.recurrentKernel", "1.bias"])
}
