import Neural
import Tensors
import TestSupport
import Testing

/// Two samples of three steps of two features; padding is −1.
private let padded = Tensor([1, 2, -1, 3, -1, -1, -1, -1, 0, 0, 4, 5], shape: [2, 3, 2], on: reference)

@Test func aStepIsMaskedWhereAllFeaturesEqualTheValue() {
    let layer = Masking(value: -1)
    let mask = layer.mask(for: padded)
    #expect(mask.shape == [2, 3] && mask.scalars == [1, 1, 0, 0, 1, 1])
    #expect(layer.outputShape(for: [2, 3, 2]) == [2, 3, 2])
    #expect(Masking().mask(for: padded).scalars == [1, 1, 1, 1, 0, 1])
}

@Test func maskedStepsBecomeZero() {
    var layer = Masking(value: -1)
    let expected: [Float] = [1, 2, -1, 3, 0, 0, 0, 0, 0, 0, 4, 5]
    #expect(layer(padded).scalars == expected)
    #expect(layer.forward(padded).output.scalars == expected)
}

/// Finite differences would unmask the step, so the expected gradient is written out.
@Test func gradientsPassWhereStepsAreKept() {
    var layer = Masking(value: -1)
    let gradient = layer.backward(.wave([2, 3, 2], on: reference), layer.forward(padded).cache)
    let kept: [Float] = [1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1]
    #expect(gradient.scalars == zip(wave([2, 3, 2]), kept).map(*))
}

@Test func unmaskedStepsHaveTheGradientsOfDifferences() {
    #expect(gradientMismatches(of: Masking(value: 5), input: .uniform([2, 3, 2])) == [])
}
