import Neural
import Tensors
import TestSupport
import Testing

/// A normalization of 3 channels; inputs far from zero give outputs far from zero.
private func normalization(_ activation: Activation = .identity) -> BatchNormalization {
    var layer = BatchNormalization(channels: 3, activation: activation, on: reference)
    layer.scale.value = Tensor([0.5, -1.5, 1], shape: [3], on: reference)
    layer.shift.value = Tensor([0.1, -0.05, 0], shape: [3], on: reference)
    return layer
}

@Test(arguments: [Activation.identity, .relu], [Shape([2, 3, 2, 3]), [1, 1, 6, 3], [8, 3]])
func normalizationGradientsAgreeWithDifferences(_ activation: Activation, _ shape: Shape) {
    let input = Tensor.farFromZero(shape, seed: 5)
    #expect(gradientMismatches(of: normalization(activation), input: input) == [])
}

@Test func aTrainingBatchLeavesWithItsShiftAsMeanAndItsScaleAsDeviation() {
    var layer = normalization()
    let output = layer.forward(.uniform([4, 5, 5, 3])).output.scalars
    for channel in 0..<3 {
        let values = stride(from: channel, to: output.count, by: 3).map { output[$0] }
        let mean = values.reduce(0, +) / 100
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100
        #expect(abs(mean - layer.shift.value.scalars[channel]) < 1e-5)
        #expect(abs(variance.squareRoot() - abs(layer.scale.value.scalars[channel])) < 1e-4)
    }
}

/// Of 1, 2, 3, 6: mean 3, biased variance 3.5, unbiased 14/3.
@Test func aStepMovesTheRunningStatisticsByTheMomentum() {
    var layer = BatchNormalization(channels: 1, momentum: 0.25, on: reference)
    let batch = Tensor([1, 2, 3, 6], shape: [1, 2, 2, 1], on: reference)
    _ = layer.forward(batch)
    #expect(layer.mean.scalars == [0.75])
    #expect(largestDifference(layer.variance.scalars, [0.75 + 0.25 * 14 / 3]) < 1e-6)
    _ = layer.forward(batch)
    #expect(largestDifference(layer.mean.scalars, [0.75 * 0.75 + 0.75]) < 1e-6)
}

@Test func inferenceUsesTheRunningStatisticsAndKeepsThem() {
    var layer = BatchNormalization(channels: 1, epsilon: 0, activation: .relu, on: reference)
    layer.mean = Tensor([2], shape: [1], on: reference)
    layer.variance = Tensor([4], shape: [1], on: reference)
    layer.scale.value = Tensor([3], shape: [1], on: reference)
    layer.shift.value = Tensor([1], shape: [1], on: reference)
    let output = layer(Tensor([2, 4, -2], shape: [1, 1, 3, 1], on: reference))
    #expect(output.scalars == [1, 4, 0])
    #expect(layer.mean.scalars == [2] && layer.variance.scalars == [4])
}

@Test func inferenceAnswersAnImageTheSameAloneAndInABatch() {
    var layer = normalization()
    let batch = Tensor.uniform([2, 2, 2, 3])
    _ = layer.forward(batch)
    let alone = Tensor(Array(batch.scalars.prefix(12)), shape: [1, 2, 2, 3], on: reference)
    #expect(Array(layer(batch).scalars.prefix(12)) == layer(alone).scalars)
}

@Test func oneValuePerChannelBecomesTheShift() {
    var layer = normalization()
    let input = Tensor([7, -7, 70], shape: [1, 1, 1, 3], on: reference)
    let (output, cache) = layer.forward(input)
    #expect(output.scalars == layer.shift.value.scalars)
    #expect(layer.backward(.uniform(output.shape), cache).scalars == [0, 0, 0])
    #expect(layer.variance.scalars.allSatisfy { $0 == 0.9 })
}
