import Neural
import Tensors
import TestSupport
import Testing

/// The kernel as a layer.
private struct ReLU: Layer {
    func outputShape(for input: Shape) -> Shape { input }

    func callAsFunction(_ input: Tensor) -> Tensor { input.device.activation(input, .relu) }

    mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Tensor) {
        let output = self(input)
        return (output, output)
    }

    mutating func backward(_ outputGradient: Tensor, _ cache: consuming Tensor) -> Tensor {
        outputGradient.device.activationBackward(outputGradient, output: cache, .relu)
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {}
}

/// The kernel as a layer.
private struct LogSoftmax: Layer {
    func outputShape(for input: Shape) -> Shape { input }

    func callAsFunction(_ input: Tensor) -> Tensor { input.device.logSoftmax(input) }

    mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Tensor) {
        let output = self(input)
        return (output, output)
    }

    mutating func backward(_ outputGradient: Tensor, _ cache: consuming Tensor) -> Tensor {
        outputGradient.device.logSoftmaxBackward(outputGradient, output: cache)
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {}
}

@Test func reluGradientsAgreeWithDifferences() {
    #expect(gradientMismatches(of: ReLU(), input: .farFromZero([2, 3, 4])) == [])
}

@Test(arguments: [Shape([2, 3, 4]), [1, 1, 2], [3, 1]])
func logSoftmaxGradientsAgreeWithDifferences(_ shape: Shape) {
    #expect(gradientMismatches(of: LogSoftmax(), input: .uniform(shape)) == [])
}
