internal import Tensors

/// Gradients on their way through a scan, from its last step to its first.
struct BackwardWalk {
    private let device: any Device
    private let input: RecurrentInput
    private let repeatsOutputs: Bool
    /// For the output of each step.
    private let outputs: [Tensor]
    /// For the output that the masked steps after the present one repeat.
    private var repeated: Tensor
    private var state: [Tensor]
    private var sequence: [Int: Tensor] = [:]
    private var constants: [Tensor] = []

    init(
        _ gradient: RecurrentOutput, _ options: RecurrentOptions, input: RecurrentInput, states: [Shape]
    ) {
        device = gradient.output.device
        self.input = input
        repeatsOutputs = !options.zeroOutputForMask
        outputs = options.stepGradients(gradient.output, time: input.sequence.shape[1])
        repeated = outputs[0].zeros
        state =
            gradient.state.isEmpty ? states.map { .zeros($0, on: gradient.output.device) } : gradient.state
    }

    /// Passes one step; `backward` is the cell's.
    mutating func pass(_ time: Int, _ backward: (CellOutput) -> CellInput) {
        guard let mask = input.mask else {
            return take(backward(CellOutput(outputs[time], state: state)), at: time)
        }
        let read = device.step(mask, at: time)
        let output = device.sum(outputs[time], repeated), zeros = output.zeros
        let passing = state
        take(
            backward(
                CellOutput(
                    device.selected(read, output, zeros),
                    state: state.map { device.selected(read, $0, $0.zeros) })), at: time)
        repeated = repeatsOutputs ? device.selected(read, zeros, output) : zeros
        state = zip(state, passing).map { device.selected(read, $0, $1) }
    }

    private mutating func take(_ gradients: CellInput, at time: Int) {
        sequence[time] = gradients.input
        state = gradients.state
        constants = summed(constants, gradients.constants)
    }

    /// For the whole input, once every step was passed.
    var gradients: RecurrentInput {
        RecurrentInput(
            device.stacked(sequence.sorted { $0.key < $1.key }.map(\.value)),
            state: input.state.isEmpty ? [] : state,
            constants: constants)
    }
}

extension RecurrentOptions {
    /// The gradient for each step's output from that of the layer's output.
    func stepGradients(_ gradient: Tensor, time: Int) -> [Tensor] {
        let device = gradient.device
        guard returnSequences else {
            var steps = [Tensor](repeating: gradient.zeros, count: time)
            steps[lastStep(of: time)] = gradient
            return steps
        }
        let aligned = turnsOutputs ? device.reversed(gradient) : gradient
        return (0..<time).map { device.step(aligned, at: $0) }
    }
}

extension Tensor {
    /// Zeros of this tensor's shape.
    var zeros: Tensor { .zeros(shape, on: device) }

    static func zeros(_ shape: Shape, on device: any Device) -> Tensor {
        Tensor(repeating: 0, shape: shape, on: device)
    }
}

extension RecurrentInput {
    /// The given states, or zeros of these shapes.
    func initialState(_ shapes: [Shape]) -> [Tensor] {
        precondition(
            state.isEmpty || state.map(\.shape) == shapes,
            "initial states \(state.map(\.shape)) where \(shapes) are due")
        precondition(
            mask.map { $0.shape == [sequence.shape[0], sequence.shape[1]] } ?? true,
            "a mask \(mask?.shape ?? []) for a sequence \(sequence.shape)")
        return state.isEmpty ? shapes.map { .zeros($0, on: sequence.device) } : state
    }
}
