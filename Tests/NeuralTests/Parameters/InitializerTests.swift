import Files
import Neural
import Tensors
import Testing

private func scalars(_ initializer: Initializer, _ shape: Shape, seed: UInt64 = 1) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return initializer.tensor(shape, on: reference, using: &generator).scalars
}

private func deviation(_ values: [Float]) -> Float {
    (values.reduce(0) { $0 + $1 * $1 } / Float(values.count)).squareRoot()
}

@Test(arguments: [Initializer.heNormal, .glorotUniform, .orthogonal])
func theSeedDecidesTheFirstValues(_ initializer: Initializer) {
    #expect(scalars(initializer, [4, 16], seed: 7) == scalars(initializer, [4, 16], seed: 7))
    #expect(scalars(initializer, [4, 16], seed: 7) != scalars(initializer, [4, 16], seed: 8))
}

/// 3 · 3 · 8 = 72 inputs: a standard deviation of √(2 / 72) = 1/6; 14 400 draws estimate it within 1 %.
@Test func heNormalHasTheDeviationOfItsInputs() {
    let values = scalars(.heNormal, [3, 3, 8, 200])
    #expect(abs(deviation(values) * 6 - 1) < 0.02)
    #expect(abs(values.reduce(0, +) / 14_400) < 0.005)
}

/// A bound of √(6 / (50 + 100)) = 0.2; the standard deviation of a uniform distribution is 0.2 / √3.
@Test func glorotUniformFillsItsBound() {
    let values = scalars(.glorotUniform, [50, 100])
    #expect(values.allSatisfy { abs($0) <= 0.2 })
    #expect(abs(deviation(values) * Float(3).squareRoot() / 0.2 - 1) < 0.03)
}

@Test(arguments: [Shape([6, 24]), [1, 4], [8, 8], [64, 256]])
func orthogonalRowsAreOrthonormal(_ shape: Shape) {
    let values = scalars(.orthogonal, shape)
    let width = shape.last
    for first in 0..<shape.rows {
        for second in 0...first {
            var product: Float = 0
            for column in 0..<width {
                product += values[first * width + column] * values[second * width + column]
            }
            #expect(abs(product - (first == second ? 1 : 0)) < 1e-5)
        }
    }
}

/// As in Keras for the recurrent kernels of convolutions: 2 · 2 · 3 = 12 inputs, 5 outputs.
@Test func orthogonalColumnsAreOrthonormalWhereInputsOutnumberOutputs() {
    let values = scalars(.orthogonal, [2, 2, 3, 5])
    for first in 0..<5 {
        for second in 0...first {
            var product: Float = 0
            for row in 0..<12 { product += values[row * 5 + first] * values[row * 5 + second] }
            #expect(abs(product - (first == second ? 1 : 0)) < 1e-5)
        }
    }
}

/// A 5×5 kernel of 4 to 2 channels: a bound of √(6 / (100 + 50)) = 0.2.
@Test func glorotUniformCountsAKernelsPixelsForInputsAndOutputs() {
    let values = scalars(.glorotUniform, [5, 5, 4, 2])
    #expect(values.allSatisfy { abs($0) <= 0.2 } && values.contains { abs($0) > 0.19 })
}

@Test func uniformFillsItsLimit() {
    let values = scalars(.uniform(0.5), [20, 20])
    #expect(values.allSatisfy { abs($0) <= 0.5 } && values.contains { abs($0) > 0.49 })
}

@Test func theForgetGateStartsAtOneWhateverTheOthersStartAt() {
    var generator = SeededGenerator(seed: 1)
    let cell = LSTMCell(
        features: 2, units: 1, CellConfiguration(bias: ParameterRules(.constant(3))), on: reference,
        using: &generator)
    #expect(cell.bias.value.scalars == [3, 1, 3, 3])
}

@Test func aConstantIsTheSameThroughout() {
    #expect(scalars(.constant(0.5), [2, 2]) == [0.5, 0.5, 0.5, 0.5])
}

@Test func layersStartFromTheirInitializers() {
    var generator = SeededGenerator(seed: 1)
    let lstm = LSTM(features: 2, units: 2, on: reference, using: &generator)
    let linear = Dense(features: 2, units: 3, on: reference, using: &generator)
    let normalization = BatchNormalization(channels: 2, on: reference)
    #expect(lstm.bias.value.scalars == [0, 0, 1, 1, 0, 0, 0, 0])
    #expect(linear.bias.value.scalars == [0, 0, 0])
    #expect(normalization.scale.value.scalars == [1, 1] && normalization.shift.value.scalars == [0, 0])
    #expect(normalization.mean.scalars == [0, 0] && normalization.variance.scalars == [1, 1])
}
