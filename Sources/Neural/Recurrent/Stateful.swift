public import Tensors

/// Carries the states of a recurrent layer on from batch to batch, after Keras' `stateful`: sample i of a batch
/// goes on where sample i of the batch before ended.
///
/// ``advance(_:)`` and ``forward(_:)`` read on and keep the final states; calling the layer starts from the kept
/// states, too, but leaves them as they are. States that are given with the input go before those that are
/// kept. No gradient crosses from batch to batch.
///
/// Without this layer, the same is written as `input.state = output.state` from call to call.
public struct Stateful<Scan: RecurrentLayer>: RecurrentLayer {
    /// What the backward pass needs: the layer's.
    public typealias Cache = Scan.Cache

    /// What reads the sequences.
    public var layer: Scan
    /// Where the next batch starts, each `[batch × …]`; empty for zeros.
    public private(set) var state: [Tensor] = []

    /// Carries the states of the given layer on, from zeros.
    public init(_ layer: Scan) { self.layer = layer }

    /// Forgets what was read; the next batch starts from zeros, or from the given states.
    public mutating func reset(to state: [Tensor] = []) { self.state = state }

    /// How a sequence is read and what is returned.
    public var options: RecurrentOptions {
        get { layer.options }
        set { layer.options = newValue }
    }

    /// The layer's.
    public func outputShape(for input: Shape) -> Shape { layer.outputShape(for: input) }

    /// The layer's.
    public func stateShapes(for input: Shape) -> [Shape] { layer.stateShapes(for: input) }

    /// Reads on in inference and keeps the final states.
    public mutating func advance(_ input: RecurrentInput) -> RecurrentOutput {
        let output = self(input)
        state = output.state
        return output
    }

    /// Reads on in inference and keeps the final states; gives the output alone.
    public mutating func advance(_ input: Tensor) -> Tensor { advance(RecurrentInput(input)).output }

    /// What reading on would give; the kept states stay.
    public func callAsFunction(_ input: RecurrentInput) -> RecurrentOutput { layer(continued(input)) }

    /// Reads on in training and keeps the final states.
    public mutating func forward(_ input: RecurrentInput) -> (output: RecurrentOutput, cache: Scan.Cache) {
        let result = layer.forward(continued(input))
        state = result.output.state
        return result
    }

    /// The layer's gradients, back to the first step of its batch.
    public mutating func backward(
        _ gradient: RecurrentOutput, _ cache: consuming Scan.Cache
    ) -> RecurrentInput { layer.backward(gradient, cache) }

    /// Visits the layer.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        layer.visitParameters(&visitor)
    }

    /// The input with the kept states, unless it brings its own.
    private func continued(_ input: RecurrentInput) -> RecurrentInput {
        guard input.state.isEmpty, let kept = state.first else { return input }
        precondition(
            kept.shape[0] == input.sequence.shape[0],
            "a batch of \(input.sequence.shape[0]) after one of \(kept.shape[0]): reset the states first")
        var input = input
        input.state = state
        return input
    }
}
