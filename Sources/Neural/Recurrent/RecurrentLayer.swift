public import Tensors

/// A layer that reads a sequence step by step and carries states along.
///
/// As a ``Layer``, it starts from zero states and gives its output alone. With a ``Tensors/RecurrentInput``, it
/// takes a mask, initial states and constants, and gives the final states, too.
public protocol RecurrentLayer: Layer {
    /// How the sequence is read and what is returned.
    var options: RecurrentOptions { get set }
    /// The shape of each state for a sequence `[batch × time × …]`.
    func stateShapes(for input: Shape) -> [Shape]

    /// Output and final states in inference.
    func callAsFunction(_ input: RecurrentInput) -> RecurrentOutput
    /// Output and final states in training, and what the backward pass needs.
    mutating func forward(_ input: RecurrentInput) -> (output: RecurrentOutput, cache: Cache)
    /// The gradients for sequence, initial states and constants; without gradients for the final states, theirs
    /// count as zeros.
    mutating func backward(_ gradient: RecurrentOutput, _ cache: consuming Cache) -> RecurrentInput
}

/// How a recurrent layer reads a sequence and what it returns.
public struct RecurrentOptions: Sendable, Hashable {
    /// Whether the outputs of all steps are returned, or the last one's alone.
    public var returnSequences: Bool
    /// The order in which time is read.
    public var direction: ScanDirection
    /// Whether outputs stand in the order in which time was read, as Keras' `go_backwards` has them, or each at
    /// the step that it belongs to. Both are the same for a forward scan.
    public var returnsReadingOrder: Bool
    /// Whether masked steps put out zeros instead of repeating the last output.
    public var zeroOutputForMask: Bool

    /// Keras' defaults: the last output of a forward scan.
    public init(
        returnSequences: Bool = false, direction: ScanDirection = .forward,
        returnsReadingOrder: Bool = false, zeroOutputForMask: Bool = false
    ) {
        self.returnSequences = returnSequences
        self.direction = direction
        self.returnsReadingOrder = returnsReadingOrder
        self.zeroOutputForMask = zeroOutputForMask
    }

    /// Keras' `go_backwards`: reads from the last step and returns outputs in that order.
    public static func goBackwards(returnSequences: Bool = false) -> RecurrentOptions {
        RecurrentOptions(
            returnSequences: returnSequences, direction: .backward, returnsReadingOrder: true)
    }

    /// Whether the outputs of a scan have to be turned round.
    var turnsOutputs: Bool { returnSequences && returnsReadingOrder && direction == .backward }

    /// The step that is read last.
    func lastStep(of time: Int) -> Int { direction == .forward ? time - 1 : 0 }

    /// The steps in the order in which they are read.
    func order(_ time: Int) -> [Int] {
        direction == .forward ? Array(0..<time) : (0..<time).reversed()
    }
}

extension RecurrentLayer {
    /// The output from zero states.
    public func callAsFunction(_ input: Tensor) -> Tensor { self(RecurrentInput(input)).output }

    /// As inference, with what the backward pass needs.
    public mutating func forward(_ input: Tensor) -> (output: Tensor, cache: Cache) {
        let (result, cache) = forward(RecurrentInput(input))
        return (result.output, cache)
    }

    /// The sequence's gradient.
    public mutating func backward(_ outputGradient: Tensor, _ cache: consuming Cache) -> Tensor {
        backward(RecurrentOutput(outputGradient), cache).sequence
    }
}

extension RecurrentLayer {
    /// Traps unless gradients have the shapes of what the layer gives for an input.
    func check(_ gradient: RecurrentOutput, for input: Shape) {
        let (output, states) = (outputShape(for: input), stateShapes(for: input))
        precondition(
            gradient.output.shape == output, "a gradient \(gradient.output.shape) for an output \(output)")
        precondition(
            gradient.state.isEmpty || gradient.state.map(\.shape) == states,
            "gradients \(gradient.state.map(\.shape)) for states \(states)")
    }
}

extension Shape {
    /// The shape `[batch × …]` of one step of a sequence of this shape.
    var step: Shape {
        precondition(rank >= 2 && self[1] > 0, "a sequence is [batch × time × …] of time > 0, not \(self)")
        return Shape([self[0]] + dimensions.dropFirst(2))
    }

    /// The shape of a sequence of `time` steps of this shape.
    func repeated(_ time: Int) -> Shape { Shape([self[0], time] + dimensions.dropFirst()) }
}
