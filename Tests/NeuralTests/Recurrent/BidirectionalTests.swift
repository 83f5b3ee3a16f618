import Neural
import Tensors
import TestSupport
import Testing

typealias Both = Bidirectional<FusedRNN<AnyCell>>

/// Two scans with different weights; the backward one has `width` units.
private func bidirectional(
    _ kind: CellKind = .lstm, _ merge: Both.MergeMode = .concatenate, sequences: Bool = true, width: Int = 2
) -> Both {
    let options = RecurrentOptions(returnSequences: sequences)
    var second = AnyCell(kind, units: width)
    second.kernel.value = .uniform(second.kernel.value.shape, seed: 13)
    return Bidirectional(
        forward: FusedRNN(AnyCell(kind), options), backward: FusedRNN(second, options), merge: merge)
}

/// Two scans without merging, whose separate outputs are joined here.
private struct Unmerged: RecurrentLayer {
    typealias Cache = Both.Cache

    var scans: Both
    var options: RecurrentOptions {
        get { scans.options }
        set { scans.options = newValue }
    }

    func outputShape(for input: Shape) -> Shape { scans.outputShape(for: input) }
    func stateShapes(for input: Shape) -> [Shape] { scans.stateShapes(for: input) }

    func callAsFunction(_ input: RecurrentInput) -> RecurrentOutput { joined(scans.both(input)) }

    mutating func forward(_ input: RecurrentInput) -> (output: RecurrentOutput, cache: Cache) {
        let (outputs, cache) = scans.forwardBoth(input)
        return (joined(outputs), cache)
    }

    mutating func backward(_ gradient: RecurrentOutput, _ cache: consuming Cache) -> RecurrentInput {
        let parts = reference.split(gradient.output, firstCount: 2)
        let count = gradient.state.count / 2
        return scans.backwardBoth(
            forward: RecurrentOutput(parts.first, state: Array(gradient.state.prefix(count))),
            backward: RecurrentOutput(parts.second, state: Array(gradient.state.suffix(count))), cache)
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) { scans.visitParameters(&visitor) }

    private func joined(_ outputs: (forward: RecurrentOutput, backward: RecurrentOutput)) -> RecurrentOutput {
        RecurrentOutput(
            reference.concatenated(outputs.forward.output, outputs.backward.output),
            state: outputs.forward.state + outputs.backward.state)
    }
}

@Test(arguments: Both.MergeMode.allCases, [MaskForm.none, .holes])
func mergedGradientsAgreeWithDifferences(_ merge: Both.MergeMode, _ mask: MaskForm) {
    for sequences in [true, false] {
        let layer = bidirectional(.gru, merge, sequences: sequences)
        #expect(gradientMismatches(of: layer, input: layer.input(mask)) == [], "sequences \(sequences)")
    }
}

@Test(arguments: [MaskForm.none, .wholeSample], [CellKind.lstm, .simple])
func unmergedGradientsAgreeWithDifferences(_ mask: MaskForm, _ kind: CellKind) {
    let layer = Unmerged(scans: bidirectional(kind))
    #expect(gradientMismatches(of: layer, input: layer.input(mask)) == [])
}

@Test func scansOfDifferentWidthsStandSideBySide() {
    let layer = bidirectional(width: 3)
    let input = layer.input()
    #expect(input.state.map(\.shape) == [[3, 2], [3, 2], [3, 3], [3, 3]])
    #expect(layer(input).output.shape == [3, 4, 5] && layer.outputShape(for: [3, 4, 2]) == [3, 4, 5])
    #expect(gradientMismatches(of: layer, input: input) == [])
}

@Test(arguments: Both.MergeMode.allCases)
func eachMergeIsItsFormula(_ merge: Both.MergeMode) {
    let layer = bidirectional(.lstm, merge)
    let (first, second) = layer.both(layer.input(.holes))
    let (a, b) = (first.output.scalars, second.output.scalars)
    let expected: [Float] =
        switch merge {
        case .concatenate: reference.concatenated(first.output, second.output).scalars
        case .sum: zip(a, b).map { $0 + $1 }
        case .multiply: zip(a, b).map { $0 * $1 }
        case .average: zip(a, b).map { ($0 + $1) / 2 }
        }
    let found = layer(layer.input(.holes))
    #expect(largestDifference(found.output.scalars, expected) <= 1e-7)
    #expect(found.state.map(\.scalars) == (first.state + second.state).map(\.scalars))
    #expect(found.output.shape == layer.outputShape(for: [3, 4, 2]))
    #expect(found.state.map(\.shape) == layer.stateShapes(for: [3, 4, 2]))
}

@Test func eachScanReadsInItsDirection() {
    let layer = bidirectional()
    let input = layer.input()
    let (first, second) = layer.both(input)
    let forward = FusedRNN(layer.forwardScan.cell, RecurrentOptions(returnSequences: true))
    let backward = FusedRNN(
        layer.backwardScan.cell, RecurrentOptions(returnSequences: true, direction: .backward))
    let alone = forward(RecurrentInput(input.sequence, state: Array(input.state.prefix(2))))
    let behind = backward(RecurrentInput(input.sequence, state: Array(input.state.suffix(2))))
    #expect(first.output.scalars == alone.output.scalars)
    #expect(second.output.scalars == behind.output.scalars)
}

@Test func theLastOutputsAreThoseOfTheLastAndTheFirstStep() {
    let all = bidirectional(), last = bidirectional(sequences: false)
    let (first, second) = all.both(all.input())
    let expected = reference.concatenated(
        reference.step(first.output, at: 3), reference.step(second.output, at: 0))
    #expect(last(last.input()).output.scalars == expected.scalars)
}

@Test func maskedStepsOfBothDirectionsAreZeroInSequencesAlone() {
    let input = bidirectional().input(.paddedRight)
    let sequences = bidirectional()(input).output
    #expect(reference.step(sequences, at: 3).sample(1).scalars == [0, 0, 0, 0])
    var layer = bidirectional(sequences: false)
    layer.options.zeroOutputForMask = true
    #expect(layer(input).output.sample(1).scalars.allSatisfy { $0 != 0 })
}

@Test func directionsAreSetWhateverTheScansSay() {
    let scan = FusedRNN(AnyCell(.gru), .goBackwards(returnSequences: true))
    let layer = Bidirectional(forward: scan, backward: scan)
    #expect(
        layer.forwardScan.options.direction == .forward && layer.backwardScan.options.direction == .backward)
    #expect(!layer.backwardScan.options.returnsReadingOrder && layer.backwardScan.options.returnSequences)
}

/// A layer of two bidirectional layers: the second one reads the sequence in reverse order, and its outputs are reversed
/// again.
@Test(arguments: [MaskForm.none, .holes])
func aBidirectionalLayerCanBeReadInBothDirections(_ mask: MaskForm) {
    let inner = bidirectional(.gru)
    let layer = Bidirectional(forward: inner, backward: inner)
    let input = layer.input(mask)
    let (first, second) = (input.state.prefix(2), input.state.suffix(2))
    let forward = inner(RecurrentInput(input.sequence, mask: input.mask, state: Array(first)))
    let backward = inner(
        RecurrentInput(
            input.sequence.reversedInTime(), mask: input.mask?.reversedInTime(), state: Array(second)))
    let found = layer(input)
    #expect(
        found.output.scalars
            == reference.concatenated(forward.output, backward.output.reversedInTime()).scalars)
    #expect(found.state.map(\.scalars) == (forward.state + backward.state).map(\.scalars))
    #expect(forward.output.scalars != backward.output.reversedInTime().scalars)
    #expect(gradientMismatches(of: layer, input: input) == [])
}
