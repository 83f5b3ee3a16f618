public import Tensors

/// Scans a cell over time, after Keras' `RNN`.
public struct RNN<Cell: RecurrentCell>: RecurrentLayer {
    /// The cell that is scanned.
    public var cell: Cell
    /// How the sequence is read and what is returned.
    public var options: RecurrentOptions

    /// Scans the given cell.
    public init(_ cell: Cell, _ options: RecurrentOptions = RecurrentOptions()) {
        self.cell = cell
        self.options = options
    }

    /// `[batch × time × …]`, or `[batch × …]` if only the last output is returned.
    public func outputShape(for input: Shape) -> Shape {
        let output = cell.outputShape(for: input.step)
        return options.returnSequences ? output.repeated(input[1]) : output
    }

    /// The state shapes of the cell.
    public func stateShapes(for input: Shape) -> [Shape] { cell.stateShapes(for: input.step) }

    /// Output and final states in inference.
    public func callAsFunction(_ input: RecurrentInput) -> RecurrentOutput {
        scan(input) { step, _ in cell(step) }
    }

    /// As inference; draws the cell's dropout masks and caches every step.
    public mutating func forward(_ input: RecurrentInput) -> (output: RecurrentOutput, cache: Cache) {
        let input = input.clearingMaskedSteps()
        cell.beginSequence(like: input.sequence.shape.step, on: input.sequence.device)
        var (layer, steps) = (self, [Int: Cell.Cache]())
        let output = scan(input) { step, time in
            let (result, cache) = layer.cell.forward(step)
            steps[time] = cache
            return result
        }
        self = layer
        return (output, Cache(input: input, steps: steps))
    }

    /// The chain rule, from the last step of the scan to the first.
    public mutating func backward(_ gradient: RecurrentOutput, _ cache: consuming Cache) -> RecurrentInput {
        check(gradient, for: cache.input.sequence.shape)
        cell.clearGradients()
        let (input, time) = (cache.input, cache.input.sequence.shape[1])
        var walk = BackwardWalk(
            gradient, options, input: input, states: stateShapes(for: input.sequence.shape))
        var steps = cache.steps
        for t in options.order(time).reversed() {
            guard let step = steps.removeValue(forKey: t) else {
                fatalError("no cache for step \(t)")
            }
            walk.pass(t) { cell.backward($0, step) }
        }
        return walk.gradients
    }

    /// Visits the cell's parameters.
    public mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        cell.visitParameters(&visitor)
    }

    /// The values that the backward pass needs.
    public struct Cache: Sendable {
        let input: RecurrentInput
        let steps: [Int: Cell.Cache]
    }

    /// Calls `body` at each step in scan order; masked samples keep their states and repeat their outputs.
    private func scan(
        _ input: RecurrentInput, _ body: (CellInput, _ time: Int) -> CellOutput
    ) -> RecurrentOutput {
        let x = input.sequence
        var state = input.initialState(stateShapes(for: x.shape))
        var outputs: [Int: Tensor] = [:]
        var last: Tensor?
        for t in options.order(x.shape[1]) {
            let step = CellInput(x.step(at: t), state: state, constants: input.constants)
            var result = body(step, t)
            if let mask = input.mask {
                let isRead = mask.step(at: t)
                let zeros = result.output.zeros
                let skipped = options.zeroOutputForMask ? zeros : last ?? zeros
                result.output = .selected(by: isRead, result.output, else: skipped)
                result.state = zip(result.state, state).map { .selected(by: isRead, $0, else: $1) }
            }
            (state, last, outputs[t]) = (result.state, result.output, result.output)
        }
        return RecurrentOutput(joined(outputs, last), state: state)
    }

    private func joined(_ outputs: [Int: Tensor], _ last: Tensor?) -> Tensor {
        guard let last else { fatalError("a sequence without steps") }
        guard options.returnSequences else { return last }
        let steps = outputs.sorted { $0.key < $1.key }.map(\.value)
        return .stacked(options.reversesOutputs ? steps.reversed() : steps)
    }
}
