import Files
import Neural
import Tensors
import Testing

/// h ← (x ⊙ input mask) + (h ⊙ state mask), with as many units as features.
private func adding(
    _ dropout: RecurrentDropout, units: Int = 200,
    using generator: inout some RandomNumberGenerator
) -> RNN<SimpleRNNCell> {
    let configuration = CellConfiguration(activation: .identity, usesBias: false, dropout: dropout)
    var cell = SimpleRNNCell(features: units, units: units, configuration, on: reference, using: &generator)
    let identity = Tensor(
        (0..<units * units).map { $0 / units == $0 % units ? 1 : 0 }, shape: [units, units], on: reference)
    (cell.kernel.value, cell.recurrentKernel.value) = (identity, identity)
    return RNN(cell, RecurrentOptions(returnSequences: true))
}

private func adding(_ dropout: RecurrentDropout) -> RNN<SimpleRNNCell> {
    var generator = SeededGenerator(seed: 1)
    return adding(dropout, using: &generator)
}

/// The first sample's scalars at a step.
private func step(_ time: Int, of output: RecurrentOutput) -> [Float] {
    reference.step(output.output, at: time).sample(0).scalars
}

@Test func inputMasksHoldOverTimeAndScaleWhatIsKept() {
    var layer = adding(RecurrentDropout(inputShare: 0.25))
    let input = RecurrentInput(Tensor(repeating: 1, shape: [2, 3, 200], on: reference))
    let output = layer.forward(input).output
    let mask = step(0, of: output)
    #expect(Set(mask) == [0, 1 / 0.75])
    #expect(abs(mask.count { $0 == 0 } - 50) < 20)
    #expect(largestDifference(step(2, of: output), mask.map { 3 * $0 }) < 1e-5)
    #expect(reference.step(output.output, at: 0).sample(1).scalars != mask)
}

@Test func stateMasksHoldOverTimeAndScaleWhatIsKept() {
    var layer = adding(RecurrentDropout(stateShare: 0.5))
    let input = RecurrentInput(
        Tensor(repeating: 0, shape: [1, 3, 200], on: reference),
        state: [Tensor(repeating: 1, shape: [1, 200], on: reference)])
    let output = layer.forward(input).output
    #expect(Set(step(0, of: output)) == [0, 2])
    #expect(step(2, of: output) == step(0, of: output).map { 4 * $0 })
}

@Test func theSeedDecidesTheMasksAndEachPassDrawsItsOwn() {
    let input = RecurrentInput(.uniform([1, 2, 200]))
    func passes(seed: UInt64) -> [[Float]] {
        var layer = adding(RecurrentDropout(inputShare: 0.5, stateShare: 0.5, seed: seed))
        return (0..<2).map { _ in layer.forward(input).output.output.scalars }
    }
    #expect(passes(seed: 1) == passes(seed: 1))
    #expect(passes(seed: 1) != passes(seed: 2))
    #expect(passes(seed: 1)[0] != passes(seed: 1)[1])
}

/// The outputs of two layers of one model for an input of ones.
private func masks(_ dropout: RecurrentDropout, modelSeed: UInt64) -> [[Float]] {
    var generator = SeededGenerator(seed: modelSeed)
    let input = RecurrentInput(Tensor(repeating: 1, shape: [1, 1, 200], on: reference))
    return (0..<2).map { _ in
        var layer = adding(dropout, using: &generator)
        return layer.forward(input).output.output.scalars
    }
}

@Test func layersOfOneModelLeaveOutEachTheirOwnAndAModelsSeedDecidesWhat() {
    let drawn = masks(RecurrentDropout(inputShare: 0.5), modelSeed: 1)
    #expect(drawn[0] != drawn[1])
    #expect(drawn == masks(RecurrentDropout(inputShare: 0.5), modelSeed: 1))
    #expect(drawn != masks(RecurrentDropout(inputShare: 0.5), modelSeed: 2))
    let given = masks(RecurrentDropout(inputShare: 0.5, seed: 7), modelSeed: 1)
    #expect(given[0] == given[1] && given == masks(RecurrentDropout(inputShare: 0.5, seed: 7), modelSeed: 2))
}

@Test func withoutDropoutNothingIsDrawnForIt() {
    func weights(_ dropout: RecurrentDropout) -> [[Float]] {
        var generator = SeededGenerator(seed: 1)
        let configuration = CellConfiguration(dropout: dropout)
        return (0..<2).map { _ in
            GRUCell(features: 2, units: 2, configuration, on: reference, using: &generator).kernel.value
                .scalars
        }
    }
    #expect(weights(.none) == weights(RecurrentDropout(stateShare: 0.5, seed: 7)))
    #expect(weights(.none)[1] != weights(RecurrentDropout(stateShare: 0.5))[1])
}

@Test(arguments: CellKind.allCases)
func nothingIsLeftOutInInference(_ kind: CellKind) {
    let dropout = RecurrentDropout(inputShare: 0.5, stateShare: 0.5, masksEachGate: true)
    var layer = RNN(AnyCell(kind, CellConfiguration(dropout: dropout)))
    let whole = RNN(AnyCell(kind))(layer.input()).output.scalars
    #expect(layer.forward(layer.input()).output.output.scalars != whole)
    #expect(layer(layer.input()).output.scalars == whole)
}

/// c = i g and h = o c; each gate is linear in the sum of the masked input: h = (m s)³ with one mask, and m₁ m₃ m₄ s³
/// with one for each gate. By default, gates share one mask if the state has no dropout.
@Test(arguments: [(true, 0), (false, 0), (nil, 0), (nil, 0.5), (false, 0.5)] as [(Bool?, Float)])
func gatesShareAMaskOrHaveTheirOwn(_ masksEachGate: Bool?, _ stateShare: Float) {
    let dropout = RecurrentDropout(
        inputShare: 0.5, stateShare: stateShare, masksEachGate: masksEachGate, seed: 1)
    let configuration = CellConfiguration(
        activation: .identity, recurrentActivation: .identity, usesBias: false, dropout: dropout)
    var cell = AnyCell(.lstm, features: 1, units: 1, configuration)
    cell.kernel.value = Tensor(repeating: 1, shape: [1, 4], on: reference)
    var layer = FusedRNN(cell)
    let samples = 400
    let output = layer.forward(RecurrentInput(Tensor(repeating: 1, shape: [samples, 1, 1], on: reference)))
        .output
    let kept = output.output.scalars.count { $0 == 8 }
    #expect(output.output.scalars.allSatisfy { $0 == 0 || $0 == 8 })
    #expect(abs(kept - (masksEachGate ?? (stateShare > 0) ? samples / 8 : samples / 2)) < 50)
}

@Test(arguments: CellKind.allCases)
func aBackwardPassUsesTheMasksOfItsForwardPass(_ kind: CellKind) {
    let dropout = RecurrentDropout(inputShare: 0.5, stateShare: 0.5, masksEachGate: true, seed: 3)
    let layer = FusedRNN(AnyCell(kind, units: 6, CellConfiguration(dropout: dropout)))
    let input = layer.input()
    var once = layer, twice = layer
    let (output, cache) = once.forward(input), (_, first) = twice.forward(input)
    _ = twice.forward(input)
    #expect(
        once.backward(output, cache).sequence.scalars == twice.backward(output, first).sequence.scalars)
}
