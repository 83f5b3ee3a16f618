import Neural
import Tensors
import TestSupport
import Testing

/// y = x · weight, with an optional error in the backward pass.
private struct Scaling: Layer {
    enum Defect { case none, inputTwice, weightTwice, weightForgotten }

    var weight = Parameter(Tensor([3], shape: [1, 1], on: reference))
    let defect: Defect

    private var bias: Tensor { Tensor(repeating: 0, shape: [1], on: reference) }

    func outputShape(for input: Shape) -> Shape { input }

    func callAsFunction(_ input: Tensor) -> Tensor {
        reference.linear(input, kernel: weight.value, bias: bias)
    }

    mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Tensor) { (self(input), input) }

    mutating func backward(_ outputGradient: Tensor, _ cache: consuming Tensor) -> Tensor {
        let gradients = reference.linearBackward(outputGradient, input: cache, kernel: weight.value)
        weight.gradient = defect == .weightForgotten ? nil : gradients.kernel
        if defect == .weightTwice { weight.gradient = reference.sum(gradients.kernel, gradients.kernel) }
        return defect == .inputTwice ? reference.sum(gradients.input, gradients.input) : gradients.input
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&weight, named: "weight")
    }
}

@Test func theGradientCheckPassesARightLayerAndNamesWhatIsWrong() {
    func subjects(_ defect: Scaling.Defect) -> [String] {
        gradientMismatches(of: Scaling(defect: defect), input: .uniform([2, 1])).map(\.subject)
    }
    #expect(subjects(.none) == [])
    #expect(subjects(.inputTwice) == ["input", "input"])
    #expect(subjects(.weightTwice) == ["weight"])
    #expect(subjects(.weightForgotten) == ["weight"])
}
