import Files
import Neural
import Tensors
import TestSupport
import Testing

private func convolution() -> Convolution2D {
    var generator = SeededGenerator(seed: 1)
    return Convolution2D(
        .square(2), inputs: 1, outputs: 2, ConvolutionOptions(), on: reference, using: &generator)
}

@Test(arguments: [Shape([2, 3, 3, 4, 1]), [1, 1, 2, 2, 1], [2, 1, 3, 3, 1], [1, 3, 2, 3, 1]])
func gradientsOfEachStepAgreeWithDifferences(_ shape: Shape) {
    #expect(gradientMismatches(of: TimeDistributed(convolution()), input: .uniform(shape, seed: 2)) == [])
}

@Test func eachStepIsTheLayersAlone() {
    let sequence = Tensor.uniform([2, 3, 3, 4, 1])
    var layer = TimeDistributed(convolution())
    let output = layer(sequence)
    #expect(output.shape == [2, 3, 2, 3, 2] && layer.outputShape(for: sequence.shape) == output.shape)
    #expect(layer.forward(sequence).output.scalars == output.scalars)
    for time in 0..<3 {
        let alone = convolution()(reference.step(sequence, at: time))
        #expect(reference.step(output, at: time).scalars == alone.scalars)
    }
}

/// Sequences of sequences: each inner sequence starts from zero states, and the outer axis of time remains.
@Test func aRecurrenceCanReadEachStep() {
    var generator = SeededGenerator(seed: 1)
    let layer = TimeDistributed(GRU(features: 2, units: 3, on: reference, using: &generator))
    #expect(layer.outputShape(for: [2, 4, 3, 2]) == [2, 4, 3])
    #expect(gradientMismatches(of: layer, input: .uniform([2, 2, 3, 2])) == [])
}

@Test func parametersOfADistributedLayerKeepTheirNames() {
    #expect(visited(TimeDistributed(convolution())).map(\.name) == ["kernel", "bias"])
}
