internal import Requirements
internal import Tensors

/// Propagates gradients through a scan, from its last step to its first.
struct BackwardWalk {
    private let input: RecurrentInput
    private let repeatsOutputs: Bool
    /// The gradient for the output of each step.
    private let outputs: [Tensor]
    /// The gradient for the output that masked steps after the current one repeat.
    private var repeated: Tensor
    private var state: [Tensor]
    private var sequence: [Int: Tensor] = [:]
    private var constants: [Tensor] = []

    init(
        _ gradient: RecurrentOutput, _ options: RecurrentOptions, input: RecurrentInput, states: [Shape]
    ) {
        self.input = input
        repeatsOutputs = !options.zeroOutputForMask
        outputs = options.stepGradients(gradient.output, time: input.sequence.shape[1])
        repeated = outputs[0].zeros
        state =
            gradient.state.isEmpty ? states.map { .zeros($0, on: gradient.output.device) } : gradient.state
    }

    /// Propagates through one step; `backward` is that of the cell.
    mutating func pass(_ time: Int, _ backward: (CellOutput) -> CellInput) {
        guard let mask = input.mask else {
            return take(backward(CellOutput(outputs[time], state: state)), at: time)
        }
        let isRead = mask.step(at: time)
        let output = outputs[time] + repeated, zeros = output.zeros
        let skipped = state
        take(
            backward(
                CellOutput(
                    .selected(by: isRead, output, else: zeros),
                    state: state.map { .selected(by: isRead, $0, else: $0.zeros) })), at: time)
        repeated = repeatsOutputs ? .selected(by: isRead, zeros, else: output) : zeros
        state = zip(state, skipped).map { .selected(by: isRead, $0, else: $1) }
    }

    private mutating func take(_ gradients: CellInput, at time: Int) {
        sequence[time] = gradients.input
        state = gradients.state
        constants = summed(constants, gradients.constants)
    }

    /// The gradients for the whole input, after all steps.
    var gradients: RecurrentInput {
        RecurrentInput(
            .stacked(sequence.sorted { $0.key < $1.key }.map(\.value)),
            state: input.state.isEmpty ? [] : state,
            constants: constants)
    }
}

extension RecurrentOptions {
    /// The gradient for each step's output, from that of the layer's output.
    func stepGradients(_ gradient: Tensor, time: Int) -> [Tensor] {
        guard returnSequences else {
            var steps = [Tensor](repeating: gradient.zeros, count: time)
            steps[lastStep(of: time)] = gradient
            return steps
        }
        let aligned = reversesOutputs ? gradient.reversedInTime() : gradient
        return (0..<time).map { aligned.step(at: $0) }
    }
}

extension RecurrentInput {
    /// The initial states; by default, zeros of these shapes.
    func initialState(_ shapes: [Shape]) -> [Tensor] {
        require(
            state.isEmpty || state.map(\.shape) == shapes,
            "initial states \(state.map(\.shape)) instead of \(shapes)")
        require(
            mask.map { $0.shape == [sequence.shape[0], sequence.shape[1]] } ?? true,
            "a mask \(mask?.shape ?? []) for a sequence \(sequence.shape)")
        return state.isEmpty ? shapes.map { .zeros($0, on: sequence.device) } : state
    }
}
