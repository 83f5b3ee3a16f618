import Files
import Neural
import Tensors
import TestSupport
import Testing

/// An LSTM of 3 units over 2 features; all weights and biases differ.
private func lstm(_ direction: ScanDirection) -> LSTM {
    var generator = SeededGenerator(seed: 1)
    let options = RecurrentOptions(returnSequences: true, direction: direction)
    var layer = LSTM(features: 2, units: 3, options: options, on: reference, using: &generator)
    layer.bias.value = .uniform([12], seed: 2)
    return layer
}

private func bidirectional(features: Int = 2, seed: UInt64 = 1) -> Bidirectional<LSTM> {
    var generator = SeededGenerator(seed: seed)
    return Bidirectional(features: features, units: 2, on: reference, using: &generator)
}

@Test(
    arguments: [ScanDirection.forward, .backward], [Shape([2, 4, 2]), [2, 1, 2], [1, 5, 2], [1, 1, 2]])
func lstmGradientsAgreeWithDifferences(_ direction: ScanDirection, _ shape: Shape) {
    #expect(gradientMismatches(of: lstm(direction), input: .uniform(shape, seed: 3)) == [])
}

@Test(arguments: [Shape([2, 4, 2]), [1, 1, 2]])
func bidirectionalGradientsAgreeWithDifferences(_ shape: Shape) {
    #expect(gradientMismatches(of: bidirectional(), input: .uniform(shape, seed: 3)) == [])
}

@Test func aStackOfScansHasTheGradientsOfALayer() {
    let stack = [bidirectional(), bidirectional(features: 4, seed: 2)]
    #expect(gradientMismatches(of: stack, input: .uniform([2, 3, 2], seed: 3)) == [])
}

@Test func recurrentLayersTrainOnWhatTheyInfer() {
    let input = Tensor.uniform([2, 4, 2], seed: 3)
    var scan = lstm(.backward)
    var stack = [bidirectional(), bidirectional(features: 4, seed: 2)]
    #expect(scan(input).scalars == scan.forward(input).output.scalars)
    #expect(stack(input).scalars == stack.forward(input).output.scalars)
}

@Test func aBackwardScanIsAForwardScanOfTheReversedSequence() {
    let sequence = Tensor.uniform([1, 4, 2], seed: 3)
    func reversed(_ tensor: Tensor) -> [Float] {
        let width = tensor.shape.last, scalars = tensor.scalars
        return (0..<tensor.shape[1]).reversed().flatMap { scalars[$0 * width..<($0 + 1) * width] }
    }
    let mirrored = Tensor(reversed(sequence), shape: sequence.shape, on: reference)
    #expect(lstm(.backward)(sequence).scalars == reversed(lstm(.forward)(mirrored)))
}

/// One unit whose gates depend only on the bias: i = σ(1), f = σ(2), g = tanh(3), o = σ(4);
/// c₁ = i g, c₂ = f c₁ + i g, h = o tanh(c).
@Test func gatesStandInTheOrderInputForgetCandidateOutput() {
    var generator = SeededGenerator(seed: 1)
    let options = RecurrentOptions(returnSequences: true)
    var layer = LSTM(features: 1, units: 1, options: options, on: reference, using: &generator)
    layer.recurrentKernel.value = Tensor(repeating: 0, shape: [1, 4], on: reference)
    layer.bias.value = Tensor([1, 2, 3, 4], shape: [4], on: reference)
    let output = layer(Tensor(repeating: 0, shape: [1, 2, 1], on: reference))
    #expect(largestDifference(output.scalars, [0.610_320_3, 0.862_478_4]) < 1e-6)
}

@Test func bothDirectionsStandSideBySideAtTheirStep() {
    let layer = bidirectional()
    let input = Tensor.uniform([1, 3, 2], seed: 3)
    let first = layer.forwardScan(input).scalars, second = layer.backwardScan(input).scalars
    let expected = (0..<3).flatMap { step in
        let units = step * 2..<step * 2 + 2
        return Array(first[units]) + Array(second[units])
    }
    #expect(layer(input).shape == [1, 3, 4])
    #expect(layer(input).scalars == expected)
}

@Test func anEmptyStackChangesNothing() {
    var stack: [Dense] = []
    let input = Tensor.uniform([2, 3])
    let (output, cache) = stack.forward(input)
    #expect(stack(input).scalars == input.scalars && output.scalars == input.scalars)
    #expect(stack.backward(input, cache).scalars == input.scalars)
}
