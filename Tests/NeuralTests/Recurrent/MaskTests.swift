import Neural
import Tensors
import Testing

/// Results of h ← x + h for one sample of four steps with one feature; the initial state is 100.
private func sums(
    _ mask: [Float], _ options: RecurrentOptions, from state: Float? = 100, fused: Bool
) -> (outputs: [Float], state: [Float]) {
    var cell = AnyCell(
        .simple, features: 1, units: 1, CellConfiguration(activation: .identity, usesBias: false))
    cell.kernel.value = Tensor([1], shape: [1, 1], on: reference)
    cell.recurrentKernel.value = Tensor([1], shape: [1, 1], on: reference)
    let input = RecurrentInput(
        Tensor([1, 2, 3, 4], shape: [1, 4, 1], on: reference),
        mask: Tensor(mask, shape: [1, 4], on: reference),
        state: state.map { [Tensor([$0], shape: [1, 1], on: reference)] } ?? [])
    let result = fused ? FusedRNN(cell, options)(input) : RNN(cell, options)(input)
    return (result.output.scalars, result.state[0].scalars)
}

private let sequences = RecurrentOptions(returnSequences: true)

@Test(arguments: [true, false])
func maskedStepsKeepTheStateAndRepeatTheOutput(_ fused: Bool) {
    #expect(sums([1, 0, 1, 0], sequences, fused: fused) == ([101, 101, 104, 104], [104]))
    #expect(sums([1, 0, 1, 0], RecurrentOptions(), fused: fused) == ([104], [104]))
}

@Test(arguments: [true, false])
func beforeTheFirstStepThatIsReadOutputsAreZeroInSpiteOfAnInitialState(_ fused: Bool) {
    #expect(sums([0, 0, 1, 1], sequences, fused: fused) == ([0, 0, 103, 107], [107]))
    #expect(sums([0, 0, 0, 0], sequences, fused: fused) == ([0, 0, 0, 0], [100]))
    #expect(sums([0, 0, 0, 0], RecurrentOptions(), from: nil, fused: fused) == ([0], [0]))
}

@Test(arguments: [true, false])
func maskedStepsPutOutZerosWhereToldTo(_ fused: Bool) {
    var options = RecurrentOptions(returnSequences: true, zeroOutputForMask: true)
    #expect(sums([1, 0, 1, 0], options, fused: fused) == ([101, 0, 104, 0], [104]))
    options.returnSequences = false
    #expect(sums([1, 0, 1, 0], options, fused: fused) == ([0], [104]))
}

@Test(arguments: [true, false])
func goingBackwardsReadsFromTheLastStep(_ fused: Bool) {
    var options = RecurrentOptions(returnSequences: true, direction: .backward)
    #expect(sums([1, 1, 1, 0], options, from: nil, fused: fused) == ([6, 5, 3, 0], [6]))
    options.returnsReadingOrder = true
    #expect(options == .goBackwards(returnSequences: true))
    #expect(sums([1, 1, 1, 0], options, from: nil, fused: fused) == ([0, 3, 5, 6], [6]))
    #expect(sums([1, 1, 1, 0], .goBackwards(), from: nil, fused: fused) == ([6], [6]))
}

@Test(arguments: [true, false])
func aSampleThatIsMaskedThroughoutPassesItsGradientToItsInitialState(_ fused: Bool) {
    for kind in CellKind.allCases {
        let cell = AnyCell(kind)
        let input = RNN(cell).input(.wholeSample)
        let shape = Shape([3, 2]),
            weights = RecurrentOutput(
                .uniform(shape, seed: 1),
                state: cell.stateSize.indices.map { .uniform(shape, seed: 2 + UInt64($0)) })
        let trace =
            fused
            ? RecurrentTrace(FusedRNN(cell), input, weights: weights)
            : RecurrentTrace(RNN(cell), input, weights: weights)
        for (index, state) in weights.state.enumerated() {
            let found = trace.tensors["gradient for state \(index)"]
            #expect(found?.sample(1).scalars == state.sample(1).scalars)
        }
        #expect(
            trace.tensors["gradient for the sequence 0"]?.sample(1).scalars.allSatisfy { $0 == 0 } == true)
    }
}

/// Not even as 0 · NaN in the gradients of the kernels.
@Test(arguments: CellKind.allCases, [true, false])
func notANumberAtMaskedStepsReachesNoGradient(_ kind: CellKind, _ fused: Bool) {
    func trained(_ value: Float) -> [[Float]] {
        let cell = AnyCell(kind)
        var input = RNN(cell, sequences).input(.holes)
        let reads = input.mask?.scalars ?? [], scalars = input.sequence.scalars
        input.sequence = Tensor(
            scalars.indices.map { reads[$0 / 2] == 0 ? value : scalars[$0] }, shape: [3, 4, 2], on: reference)
        return fused ? gradients(FusedRNN(cell, sequences), input) : gradients(RNN(cell, sequences), input)
    }
    let found = trained(.nan)
    #expect(found == trained(0) && found.joined().allSatisfy { $0.isFinite })
}

/// The gradients of the sequence, the states and all parameters, for gradients of one throughout.
private func gradients(_ layer: some RecurrentLayer, _ input: RecurrentInput) -> [[Float]] {
    var layer = layer
    let (output, cache) = layer.forward(input)
    let ones = Tensor(repeating: 1, shape: output.output.shape, on: reference)
    let found = layer.backward(RecurrentOutput(ones), cache)
    var collected = CollectedGradients()
    layer.visitParameters(&collected)
    return [found.sequence.scalars] + found.state.map(\.scalars) + collected.gradients
}

private struct CollectedGradients: ParameterVisitor {
    var path: [String] = []
    var gradients: [[Float]] = []

    mutating func visit(_ parameter: inout Parameter) {
        gradients.append(parameter.gradient?.scalars ?? [.nan])
    }
}
