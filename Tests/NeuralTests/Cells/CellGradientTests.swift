import Files
import Neural
import Tensors
import TestSupport
import Testing

/// Keras' arguments that change a cell's formula, by name; activations are smooth at the tested points.
private let configurations: [(name: String, configuration: CellConfiguration)] = [
    ("defaults", CellConfiguration()),
    ("no bias", CellConfiguration(usesBias: false)),
    (
        "softplus and hard sigmoid",
        CellConfiguration(activation: .softplus, recurrentActivation: .hardSigmoid)
    ),
    (
        "linear and Keras 2's",
        CellConfiguration(activation: .identity, recurrentActivation: .keras2HardSigmoid)
    ),
    ("shared masks", CellConfiguration(dropout: RecurrentDropout(inputShare: 0.4, stateShare: 0.4, seed: 2))),
    (
        "masks of each gate",
        CellConfiguration(
            dropout: RecurrentDropout(inputShare: 0.4, stateShare: 0.4, masksEachGate: true, seed: 2))
    ),
    (
        "input masks",
        CellConfiguration(dropout: RecurrentDropout(inputShare: 0.4, masksEachGate: true, seed: 4))
    ),
    (
        "state masks",
        CellConfiguration(dropout: RecurrentDropout(stateShare: 0.4, masksEachGate: true, seed: 5))
    ),
]

@Test(arguments: CellKind.allCases, configurations.indices)
func cellGradientsAgreeWithDifferences(_ kind: CellKind, _ index: Int) {
    let rnn = RNN(AnyCell(kind, configurations[index].configuration), RecurrentOptions(returnSequences: true))
    #expect(gradientMismatches(of: rnn, input: rnn.input(.holes)) == [], "\(configurations[index].name)")
}

@Test(arguments: [CellKind.lstm, .gruResetBefore], allOptions.indices)
func scanGradientsAgreeWithDifferences(_ kind: CellKind, _ index: Int) {
    let rnn = RNN(AnyCell(kind), allOptions[index])
    #expect(gradientMismatches(of: rnn, input: rnn.input(.holes)) == [], "\(allOptions[index])")
}

@Test(arguments: MaskForm.allCases, [true, false])
func maskedGradientsAgreeWithDifferences(_ mask: MaskForm, _ withStates: Bool) {
    let rnn = RNN(AnyCell(.lstm), RecurrentOptions(returnSequences: true))
    #expect(gradientMismatches(of: rnn, input: rnn.input(mask, withStates: withStates)) == [])
}

@Test(arguments: CellKind.allCases, [ScanDirection.forward, .backward])
func fusedGradientsAgreeWithDifferences(_ kind: CellKind, _ direction: ScanDirection) {
    let layer = FusedRNN(AnyCell(kind), RecurrentOptions(returnSequences: true, direction: direction))
    #expect(gradientMismatches(of: layer, input: layer.input(.wholeSample)) == [])
}

@Test func cellsWithoutABiasHaveNoneToLearn() {
    for kind in CellKind.allCases {
        let cell = AnyCell(kind, CellConfiguration(usesBias: false))
        #expect(visited(cell).map(\.name) == ["kernel", "recurrentKernel"])
        #expect(cell.bias.value.scalars.allSatisfy { $0 == 0 })
        var layer = FusedRNN(cell), scan = RNN(cell)
        _ = layer.backward(
            layer.forward(layer.input().sequence).output, layer.forward(layer.input().sequence).cache)
        _ = scan.backward(
            scan.forward(scan.input().sequence).output, scan.forward(scan.input().sequence).cache)
        #expect(layer.bias.gradient == nil && scan.cell.bias.gradient == nil)
    }
}

@Test func aForgetGateStartsOpenWhateverTheOtherBiases() {
    var generator = SeededGenerator(seed: 1)
    let configuration = CellConfiguration(bias: ParameterRules(.constant(3)))
    let open = LSTMCell(features: 1, units: 2, configuration, on: reference, using: &generator)
    let plain = LSTMCell(
        features: 1, units: 2, configuration, unitForgetBias: false, on: reference, using: &generator)
    #expect(open.bias.value.scalars == [3, 3, 1, 1, 3, 3, 3, 3])
    #expect(plain.bias.value.scalars == [Float](repeating: 3, count: 8))
}
