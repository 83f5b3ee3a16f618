import Neural
import Tensors
import TestSupport
import Testing

private let sequences = RecurrentOptions(returnSequences: true)

private func constant(_ units: Int) -> Tensor { .uniform([3, units], seed: 31) }

@Test(arguments: MaskForm.allCases)
func aUsersCellHasTheGradientsOfAScan(_ mask: MaskForm) {
    let rnn = RNN(MinimalGatedUnit(features: 2, units: 3), sequences)
    var input = rnn.input(mask)
    input.constants = [constant(3)]
    #expect(gradientMismatches(of: rnn, input: input) == [])
}

@Test func aUsersCellWorksInStacksAndInBothDirections() {
    let cells = [MinimalGatedUnit(features: 2, units: 3), MinimalGatedUnit(features: 3, units: 3, seed: 4)]
    let stack = RNN(StackedCells(cells), sequences)
    var both = Bidirectional(forward: stack, backward: stack)
    both.backwardScan.cell.cells[0].bias.value = .uniform([6], seed: 9)
    var input = both.input(.holes)
    input.constants = [constant(3)]
    #expect(input.state.count == 4)
    let fresh = RecurrentInput(input.sequence, mask: input.mask, constants: input.constants)
    #expect(gradientMismatches(of: stack, input: fresh) == [])
    #expect(gradientMismatches(of: both, input: input) == [])
    #expect(both(input).output.shape == [3, 4, 6])
}

/// A cell that uses constants, or one that does not.
private func cell(_ seesConstants: Bool, features: Int) -> AnyRecurrentCell {
    seesConstants
        ? AnyRecurrentCell(MinimalGatedUnit(features: features, units: 3))
        : AnyRecurrentCell(AnyCell(.simple, features: features, units: 3))
}

@Test(arguments: [[true, false], [false, true], [false, true, false], [true, true]])
func cellsThatUseConstantsMayStandBesideOthers(_ use: [Bool]) {
    let cells = use.enumerated().map { cell($1, features: $0 == 0 ? 2 : 3) }
    let stack = RNN(StackedCells(cells), sequences)
    let both = Bidirectional(
        forward: RNN(cell(use[0], features: 2), sequences),
        backward: RNN(cell(use[1], features: 2), sequences))
    var (below, beside) = (stack.input(.holes), both.input(.holes))
    (below.constants, beside.constants) = ([constant(3)], [constant(3)])
    #expect(gradientMismatches(of: stack, input: below) == [])
    #expect(gradientMismatches(of: both, input: beside) == [])
}

@Test func constantsAreSeenAtEveryStep() {
    let rnn = RNN(MinimalGatedUnit(features: 2, units: 3), sequences)
    var input = rnn.input()
    let plain = rnn(input).output
    input.constants = [constant(3)]
    let moved = rnn(input).output
    for time in 0..<4 {
        #expect(reference.step(plain, at: time).scalars != reference.step(moved, at: time).scalars)
    }
}
