import Files
import Neural
import Tensors
import TestSupport
import Testing

private func dense(_ activation: Activation, usesBias: Bool) -> Dense {
    var generator = SeededGenerator(seed: 1)
    return Dense(
        features: 3, units: 2, activation: activation, usesBias: usesBias, bias: ParameterRules(.uniform(1)),
        on: reference, using: &generator)
}

/// The smooth activations, and the identity.
private let smooth: [Activation] = [.identity, .softplus, .softsign, .exponential, .tanh, .sigmoid]

@Test(arguments: smooth, [true, false])
func denseGradientsAgreeWithDifferences(_ activation: Activation, _ usesBias: Bool) {
    let layer = dense(activation, usesBias: usesBias)
    for shape: Shape in [[4, 3], [1, 3], [2, 5, 3]] {
        #expect(gradientMismatches(of: layer, input: .uniform(shape, seed: 2)) == [])
    }
}

@Test func aDenseLayerAppliesItsActivationToTheSums() {
    var layer = dense(.relu, usesBias: true)
    layer.kernel.value = Tensor([1, -1, 2, -2, 3, -3], shape: [3, 2], on: reference)
    layer.bias.value = Tensor([0.5, 0.25], shape: [2], on: reference)
    let output = layer(Tensor([1, 1, 1, -1, -1, -1], shape: [1, 2, 3], on: reference))
    #expect(output.shape == [1, 2, 2] && layer.outputShape(for: [1, 2, 3]) == [1, 2, 2])
    #expect(output.scalars == [6.5, 0, 0, 6.25])
}

@Test func aDenseLayerWithoutBiasLearnsNone() {
    #expect(visited(dense(.tanh, usesBias: true)).map(\.name) == ["kernel", "bias"])
    let layer = dense(.tanh, usesBias: false)
    #expect(visited(layer).map(\.name) == ["kernel"])
    #expect(layer.bias.value.scalars == [0, 0])
}

@Test(arguments: [Shape([4, 3]), [1, 3], [2, 5, 3], [1, 1, 3]])
func linearGradientsAgreeWithDifferences(_ shape: Shape) {
    var generator = SeededGenerator(seed: 1)
    var layer = Dense(features: 3, units: 2, on: reference, using: &generator)
    layer.bias.value = .uniform([2])
    #expect(gradientMismatches(of: layer, input: .uniform(shape, seed: 2)) == [])
}

@Test func aLinearMapKeepsTheOuterAxes() {
    var generator = SeededGenerator(seed: 1)
    var layer = Dense(features: 2, units: 1, on: reference, using: &generator)
    layer.kernel.value = Tensor([10, 1], shape: [2, 1], on: reference)
    layer.bias.value = Tensor([0.5], shape: [1], on: reference)
    let output = layer(Tensor([1, 2, 3, 4], shape: [1, 2, 2], on: reference))
    #expect(output.shape == [1, 2, 1])
    #expect(output.scalars == [12.5, 34.5])
    #expect(layer.forward(Tensor([1, 2], shape: [1, 2], on: reference)).output.scalars == [12.5])
}
