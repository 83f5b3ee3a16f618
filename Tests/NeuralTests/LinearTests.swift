import Files
import Neural
import Tensors
import TestSupport
import Testing

@Test(arguments: [Shape([4, 3]), [1, 3], [2, 5, 3], [1, 1, 3]])
func linearGradientsAgreeWithDifferences(_ shape: Shape) {
    var generator = SeededGenerator(seed: 1)
    var layer = Linear(inputs: 3, outputs: 2, on: reference, using: &generator)
    layer.bias.value = .uniform([2])
    #expect(gradientMismatches(of: layer, input: .uniform(shape, seed: 2)) == [])
}

@Test func aLinearMapKeepsTheOuterAxes() {
    var generator = SeededGenerator(seed: 1)
    var layer = Linear(inputs: 2, outputs: 1, on: reference, using: &generator)
    layer.kernel.value = Tensor([10, 1], shape: [2, 1], on: reference)
    layer.bias.value = Tensor([0.5], shape: [1], on: reference)
    let output = layer(Tensor([1, 2, 3, 4], shape: [1, 2, 2], on: reference))
    #expect(output.shape == [1, 2, 1])
    #expect(output.scalars == [12.5, 34.5])
    #expect(layer.forward(Tensor([1, 2], shape: [1, 2], on: reference)).output.scalars == [12.5])
}
