import Tensors
import TestSupport
import Testing

/// The skipped steps of a batch.
enum MaskForm: String, CaseIterable, Sendable {
    case none, right, left, holes, wholeSample

    /// A mask `[batch × time]`; nil if no step is skipped.
    func tensor(batch: Int, time: Int, on device: any Device) -> Tensor? {
        guard self != .none else { return nil }
        let scalars = (0..<batch * time).map { row -> Float in
            reads(sample: row / time, row % time, of: time) ? 1 : 0
        }
        return Tensor(scalars, shape: [batch, time], on: device)
    }

    private func reads(sample: Int, _ t: Int, of time: Int) -> Bool {
        switch self {
        case .none: true
        case .right: t < time - sample % time
        case .left: t >= sample % time
        case .holes: (sample + t) % 3 != 0
        case .wholeSample: sample > 0
        }
    }
}

/// A recurrence with all its options.
struct RecurrenceCase: Sendable, CustomTestStringConvertible {
    var recurrence: Recurrence
    var shape: Shape = [3, 5, 4]
    var units = 9
    var mask = MaskForm.none
    var startsFromStates = false
    /// The scalars at skipped steps, if they are not those of the formula.
    var skippedValue: Float?
    /// The precision of the inputs of the first product: the sequence and its kernel.
    var precision = Precision.float32

    static let kinds: [Recurrence.Kind] = [
        .lstm, .gru(resetAfter: true), .gru(resetAfter: false), .simple(.tanh), .simple(.relu),
    ]
    /// Those whose outputs lie between −1 and 1.
    static let boundedKinds = kinds.filter { $0 != .simple(.relu) }

    var testDescription: String {
        "\(recurrence), \(shape) to \(units), mask \(mask), \(startsFromStates ? "from states" : "from zeros")"
    }

    func input(on device: any Device) -> RecurrentInput {
        let mask = mask.tensor(batch: shape[0], time: shape[1], on: device)
        var sequence = Tensor.wave(shape, precision, on: device)
        if let mask, let skippedValue {
            let reads = mask.scalars, scalars = sequence.scalars
            sequence = Tensor(
                scalars.indices.map { reads[$0 / shape[2]] == 0 ? skippedValue : scalars[$0] }, shape: shape,
                on: device)
        }
        return RecurrentInput(
            sequence, mask: mask, state: startsFromStates ? states(seed: 5, on: device) : [])
    }

    func weights(on device: any Device) -> RecurrentWeights {
        let width = recurrence.kind.gates * units
        return RecurrentWeights(
            kernel: .wave([shape[2], width], seed: 1, precision, on: device),
            recurrentKernel: device.scaled(.wave([units, width], seed: 2, on: device), by: 0.5, plus: 0),
            bias: .wave(
                recurrence.kind == .gru(resetAfter: true) ? [2, width] : [width], seed: 3, on: device))
    }

    /// Outputs, final states and all gradients.
    func results(on device: any Device) -> [Tensor] {
        let input = input(on: device), weights = weights(on: device)
        let inferred = device.recurrence(input, weights, recurrence)
        let (output, workspace) = device.recurrenceForward(input, weights, recurrence)
        let gradient = RecurrentOutput(
            .wave(output.output.shape, seed: 4, on: device),
            state: startsFromStates ? states(seed: 6, on: device) : [])
        let gradients = device.recurrenceBackward(
            gradient, input: input, output: output, weights, recurrence, workspace)
        let inputs = [gradients.input.sequence] + (startsFromStates ? gradients.input.state : [])
        return [inferred.output, output.output] + inferred.state + output.state + inputs + [
            gradients.weights.kernel, gradients.weights.recurrentKernel, gradients.weights.bias,
        ]
    }

    /// Whether the first, a middle and the last sample have the same bits alone as in the batch. Without a mask and
    /// initial states.
    func isBitEqualAlone(_ weights: RecurrentWeights, on device: any Device) -> Bool {
        let all = device.recurrence(input(on: device), weights, recurrence).output.scalars
        let scalars = wave(shape), length = shape[1] * shape[2], outputs = shape[1] * units
        return [0, shape[0] / 2, shape[0] - 1].allSatisfy { index in
            let own = Array(scalars[index * length..<(index + 1) * length])
            let sequence = Tensor(own, shape: [1, shape[1], shape[2]], on: device)
            let alone = device.recurrence(RecurrentInput(sequence), weights, recurrence).output.scalars
            return alone == Array(all[index * outputs..<(index + 1) * outputs])
        }
    }

    private func states(seed: Double, on device: any Device) -> [Tensor] {
        (0..<recurrence.kind.states).map {
            .wave([shape[0], units], seed: seed + 2 * Double($0), on: device)
        }
    }
}
