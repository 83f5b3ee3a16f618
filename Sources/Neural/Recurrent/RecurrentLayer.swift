internal import Requirements
public import Tensors

/// A layer that reads a sequence step by step and updates states.
///
/// As a ``Layer``, it starts from zero states and returns only its output. With a ``Tensors/RecurrentInput``, it
/// takes a mask, initial states and constants, and returns the final states, too.
public protocol RecurrentLayer: Layer {
    /// How the sequence is read and what is returned.
    var options: RecurrentOptions { get set }
    /// The shape of each state for a sequence `[batch × time × …]`.
    func stateShapes(for input: Shape) -> [Shape]

    /// Output and final states in inference.
    func callAsFunction(_ input: RecurrentInput) -> RecurrentOutput
    /// Output and final states in training, and the cache for the backward pass.
    mutating func forward(_ input: RecurrentInput) -> (output: RecurrentOutput, cache: Cache)
    /// The gradients for sequence, initial states and constants. Missing gradients of the final states count as zeros.
    mutating func backward(_ gradient: RecurrentOutput, _ cache: consuming Cache) -> RecurrentInput
}

extension RecurrentLayer {
    /// The output from zero states.
    public func callAsFunction(_ input: Tensor) -> Tensor { self(RecurrentInput(input)).output }

    /// As inference, with the cache for the backward pass.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Cache) {
        let (result, cache) = forward(RecurrentInput(input))
        return (result.output, cache)
    }

    /// The gradient for the sequence.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Cache) -> Tensor {
        backward(RecurrentOutput(outputGradient), cache).sequence
    }
}

extension RecurrentLayer {
    /// Traps unless gradients have the shapes of the layer's output for an input.
    func check(_ gradient: RecurrentOutput, for input: Shape) {
        let (output, states) = (outputShape(for: input), stateShapes(for: input))
        require(
            gradient.output.shape == output, "a gradient \(gradient.output.shape) for an output \(output)")
        require(
            gradient.state.isEmpty || gradient.state.map(\.shape) == states,
            "gradients \(gradient.state.map(\.shape)) for states \(states)")
    }
}

extension Shape {
    /// The shape `[batch × …]` of one step of a sequence of this shape.
    var step: Shape {
        require(rank >= 2 && self[1] > 0, "a sequence is [batch × time × …] of time > 0, not \(self)")
        return Shape([self[0]] + dimensions.dropFirst(2))
    }

    /// The shape of a sequence of `time` steps of this shape.
    func repeated(_ time: Int) -> Shape { Shape([self[0], time] + dimensions.dropFirst()) }
}
