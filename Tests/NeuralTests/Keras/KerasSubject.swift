import Neural
import Tensors

/// A layer with results in Keras' order: outputs, then states if they are returned.
protocol KerasSubject: Parameterized {
    func inferred(_ input: RecurrentInput) -> KerasResult
    /// A training pass; the closure returns the gradients for the outputs.
    mutating func trained(
        _ input: RecurrentInput, _ gradients: ([Tensor]) -> [Tensor]
    ) -> (result: KerasResult, gradients: RecurrentInput)
    /// The shapes of the results.
    func outputShapes(for input: Shape) -> [Shape]
    /// The mask of the output.
    func outputMask(for input: RecurrentInput) -> Tensor?
}

/// The results of a call.
struct KerasResult {
    let outputs: [Tensor]
    /// The states after it, returned or not.
    let state: [Tensor]
}

/// A layer with one output.
struct RecurrentSubject<Scan: RecurrentLayer>: KerasSubject {
    var layer: Scan
    let returnsState: Bool

    func inferred(_ input: RecurrentInput) -> KerasResult { result(layer(input)) }

    mutating func trained(
        _ input: RecurrentInput, _ gradients: ([Tensor]) -> [Tensor]
    ) -> (result: KerasResult, gradients: RecurrentInput) {
        let (output, cache) = layer.forward(input)
        let result = result(output)
        let gradients = gradients(result.outputs)
        return (result, layer.backward(RecurrentOutput(gradients[0], state: Array(gradients[1...])), cache))
    }

    private func result(_ output: RecurrentOutput) -> KerasResult {
        KerasResult(
            outputs: [output.output] + (returnsState ? output.state : []), state: output.state)
    }

    func outputShapes(for input: Shape) -> [Shape] {
        [layer.outputShape(for: input)] + (returnsState ? layer.stateShapes(for: input) : [])
    }

    func outputMask(for input: RecurrentInput) -> Tensor? {
        layer.options.returnSequences ? input.mask : nil
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        layer.visitParameters(&visitor)
    }
}

/// Two directions with separate outputs.
struct UnmergedSubject<Scan: RecurrentLayer>: KerasSubject {
    var layer: Bidirectional<Scan>
    let returnsState: Bool

    func inferred(_ input: RecurrentInput) -> KerasResult { result(layer.both(input)) }

    mutating func trained(
        _ input: RecurrentInput, _ gradients: ([Tensor]) -> [Tensor]
    ) -> (result: KerasResult, gradients: RecurrentInput) {
        let (outputs, cache) = layer.forwardBoth(input)
        let result = result(outputs)
        let found = gradients(result.outputs), states = found[2...]
        let half = states.count / 2
        let inputs = layer.backwardBoth(
            forward: RecurrentOutput(found[0], state: Array(states.prefix(half))),
            backward: RecurrentOutput(found[1], state: Array(states.dropFirst(half))), cache)
        return (result, inputs)
    }

    private func result(_ both: (forward: RecurrentOutput, backward: RecurrentOutput)) -> KerasResult {
        let state = both.forward.state + both.backward.state
        return KerasResult(
            outputs: [both.forward.output, both.backward.output] + (returnsState ? state : []), state: state)
    }

    func outputShapes(for input: Shape) -> [Shape] {
        [layer.forwardScan, layer.backwardScan].map { $0.outputShape(for: input) }
            + (returnsState ? layer.stateShapes(for: input) : [])
    }

    func outputMask(for input: RecurrentInput) -> Tensor? {
        layer.options.returnSequences ? input.mask : nil
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        layer.visitParameters(&visitor)
    }
}
