internal import Requirements
public import Tensors

/// Carries the states of a recurrent layer over from batch to batch, after Keras' `stateful`: sample i of a batch
/// continues sample i of the previous batch.
///
/// `advance` and `forward` start from the stored states and store the final ones. Calling the layer
/// starts from the stored states, too, but does not change them. States that are given with the input override the
/// stored ones. Gradients do not flow from batch to batch.
///
/// The same without this layer: `input.state = output.state` between calls.
public struct Stateful<Scan: RecurrentLayer>: RecurrentLayer {
    /// The cache of the layer.
    public typealias Cache = Scan.Cache

    /// The layer that reads the sequences.
    public var layer: Scan
    /// The initial states of the next batch, each `[batch × …]`; zeros if empty.
    public private(set) var state: [Tensor] = []

    /// Carries over the states of a layer, initially zeros.
    public init(_ layer: Scan) { self.layer = layer }

    /// Replaces the stored states, by default by zeros; the next batch starts from them.
    public mutating func reset(to state: [Tensor] = []) { self.state = state }

    /// The options of the layer.
    public var options: RecurrentOptions {
        get { layer.options }
        set { layer.options = newValue }
    }

    /// The output shape of the layer.
    public func outputShape(for input: Shape) -> Shape { layer.outputShape(for: input) }

    /// The state shapes of the layer.
    public func stateShapes(for input: Shape) -> [Shape] { layer.stateShapes(for: input) }

    /// Infers from the stored states and stores the final ones.
    public mutating func advance(_ input: RecurrentInput) -> RecurrentOutput {
        let output = self(input)
        state = output.state
        return output
    }

    /// Infers from the stored states and stores the final ones; returns only the output.
    public mutating func advance(_ input: Tensor) -> Tensor { advance(RecurrentInput(input)).output }

    /// Infers from the stored states, without changing them.
    public func callAsFunction(_ input: RecurrentInput) -> RecurrentOutput { layer(continued(input)) }

    /// Trains from the stored states and stores the final ones.
    public mutating func forward(_ input: RecurrentInput) -> (output: RecurrentOutput, cache: Scan.Cache) {
        let result = layer.forward(continued(input))
        state = result.output.state
        return result
    }

    /// The gradients of the layer, back to the first step of the batch.
    public mutating func backward(
        _ gradient: RecurrentOutput, _ cache: consuming Scan.Cache
    ) -> RecurrentInput { layer.backward(gradient, cache) }

    /// Visits the layer.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        layer.visitParameters(&visitor)
    }

    /// The input with the stored states, unless it has its own.
    private func continued(_ input: RecurrentInput) -> RecurrentInput {
        guard input.state.isEmpty, let stored = state.first else { return input }
        require(
            stored.shape[0] == input.sequence.shape[0],
            "a batch of \(input.sequence.shape[0]) after one of \(stored.shape[0]): reset the states first")
        var input = input
        input.state = state
        return input
    }
}
