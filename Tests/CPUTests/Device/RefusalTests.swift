import CPU
import Tensors
import TestSupport
import Testing

/// A call of a kernel with tensors of shapes that do not match. Without a check, a fast kernel would read or write
/// memory of others.
enum Misfit: String, CaseIterable, Codable, Sendable {
    case flatSequence, noTime, mask, states
    case kernelRows, kernelColumns, recurrentKernelColumns, bias, gatedUnitBias
    case outputGradient, outputGradientTime, stateGradients, workspace
    case scores, blank, labelCount, frameCount, frames, label, blankInLabel
    case index, rowCount
    case linearBias, linearGradient

    static let ctc: [Misfit] = [.scores, .blank, .labelCount, .frameCount, .frames, .label, .blankInLabel]

    /// Makes the call.
    func commit(on device: any Device) {
        if Self.ctc.contains(self) {
            lose(on: device)
        } else if self == .index || self == .rowCount {
            sumRows(on: device)
        } else if self == .linearBias || self == .linearGradient {
            project(on: device)
        } else {
            recur(on: device)
        }
    }

    /// Three samples of four steps with five features, by an LSTM of six units.
    private func recur(on device: any Device) {
        func zeros(_ shape: Shape) -> Tensor { Tensor(repeating: 0, shape: shape, on: device) }
        let recurrence = Recurrence(self == .gatedUnitBias ? .gru(resetAfter: true) : .lstm)
        let width = 6 * recurrence.kind.gates
        let weights = RecurrentWeights(
            kernel: zeros([self == .kernelRows ? 4 : 5, self == .kernelColumns ? width - 6 : width]),
            recurrentKernel: zeros([6, self == .recurrentKernelColumns ? width - 6 : width]),
            bias: zeros([self == .bias ? width - 1 : width]))
        let shape: Shape = self == .flatSequence ? [12, 5] : [3, self == .noTime ? 0 : 4, 5]
        let input = RecurrentInput(
            zeros(shape), mask: self == .mask ? zeros([3, 3]) : nil,
            state: self == .states ? [zeros([3, 6]), zeros([2, 6])] : [])
        let (output, workspace) = device.recurrenceForward(input, weights, recurrence)
        let gradient = RecurrentOutput(
            zeros([3, self == .outputGradientTime ? 5 : 4, self == .outputGradient ? 5 : 6]),
            state: self == .stateGradients ? [zeros([3, 6])] : [])
        let longer = RecurrentInput(zeros([3, self == .workspace ? 40 : 4, 5]))
        let due = self == .workspace ? RecurrentOutput(zeros([3, 40, 6])) : gradient
        _ = device.recurrenceBackward(due, input: longer, output: output, weights, recurrence, workspace)
    }

    /// Two samples of three frames with four classes.
    private func lose(on device: any Device) {
        let labels: [[Int]]
        switch self {
        case .labelCount: labels = [[1]]
        case .label: labels = [[1], [4]]
        case .blankInLabel: labels = [[1], [2, 0]]
        default: labels = [[1], [2, 3]]
        }
        let frames = self == .frameCount ? [3] : self == .frames ? [3, 4] : [3, 2]
        _ = device.ctcLoss(
            .wave(self == .scores ? [2, 12] : [2, 3, 4], on: device), labels: labels, frames: frames,
            blank: self == .blank ? 4 : 0, divisor: 1)
    }

    /// A linear map of three rows from five features to four, and back.
    private func project(on device: any Device) {
        let (input, kernel) = (Tensor.wave([3, 5], on: device), Tensor.wave([5, 4], on: device))
        _ = device.linear(input, kernel: kernel, bias: .wave([self == .linearBias ? 3 : 4], on: device))
        _ = device.linearBackward(
            .wave([self == .linearGradient ? 2 : 3, 4], on: device), input: input, kernel: kernel)
    }

    /// The sums of two rows into a table of three.
    private func sumRows(on device: any Device) {
        let indices = Tensor([1, self == .index ? 3 : 2], shape: [2], on: device)
        _ = device.rowSums(.wave([self == .rowCount ? 1 : 2, 4], on: device), at: indices, count: 3)
    }
}

@Test(arguments: Misfit.allCases)
func whatTheReferenceRefusestheCPUDeviceRefuses(_ misfit: Misfit) async {
    await #expect(processExitsWith: .failure, "the reference") { [misfit] in
        misfit.commit(on: reference)
    }
    await #expect(processExitsWith: .failure, "oneDNN") { [misfit] in misfit.commit(on: device) }
}
