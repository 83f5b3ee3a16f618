import CPU
import Tensors
import TestSupport
import Testing

/// Sequences of several lengths in one batch, each padded with large values that a mask hides.
private struct PaddedBatch {
    let recurrence: Recurrence
    let isPaddedLeft: Bool
    let lengths = [5, 2, 1, 4]
    let time = 5, features = 3, units = 6

    private func reads(_ sample: Int, _ t: Int) -> Bool {
        isPaddedLeft ? t >= time - lengths[sample] : t < lengths[sample]
    }

    private func steps(_ sample: Int) -> [Int] { (0..<time).filter { reads(sample, $0) } }

    /// The rows of a tensor `[batch × time × width]` that a sample's mask does not skip.
    func shown(_ tensor: Tensor, _ sample: Int) -> [Float] {
        let width = tensor.shape.last, scalars = tensor.scalars
        return steps(sample).flatMap {
            scalars[(sample * time + $0) * width..<(sample * time + $0 + 1) * width]
        }
    }

    var weights: RecurrentWeights {
        RecurrenceCase(recurrence: recurrence, shape: [1, 1, features], units: units).weights(on: device)
    }

    /// The weights of the loss, for rows of a width.
    func wave(_ width: Int) -> Tensor { .wave([lengths.count, time, width], seed: 7, on: device) }

    var padded: RecurrentInput {
        let shape: Shape = [lengths.count, time, features]
        var scalars = TestSupport.wave(shape)
        for index in scalars.indices where !reads(index / features / time, index / features % time) {
            scalars[index] = 100
        }
        let mask = (0..<shape.rows).map { reads($0 / time, $0 % time) ? Float(1) : 0 }
        return RecurrentInput(
            Tensor(scalars, shape: shape, on: device),
            mask: Tensor(mask, shape: [lengths.count, time], on: device))
    }

    /// A sample's sequence without its padding.
    func alone(_ sequence: Tensor, _ sample: Int) -> Tensor {
        Tensor(
            shown(sequence, sample), shape: [1, lengths[sample], sequence.shape.last], on: device)
    }
}

@Test(arguments: RecurrenceCase.kinds, [false, true])
func aPaddedSequenceGivesWhatItGivesAlone(_ kind: Recurrence.Kind, _ isPaddedLeft: Bool) {
    for direction in [ScanDirection.forward, .backward] {
        let recurrence = Recurrence(kind, direction)
        let batch = PaddedBatch(recurrence: recurrence, isPaddedLeft: isPaddedLeft)
        let weights = batch.weights, padded = batch.padded
        let gradient = device.product(batch.wave(batch.units), shownRows(padded, width: batch.units))
        let (together, workspace) = device.recurrenceForward(padded, weights, recurrence)
        let gradients = device.recurrenceBackward(
            RecurrentOutput(gradient), input: padded, output: together, weights, recurrence, workspace)
        var sums = [Float](repeating: 0, count: weights.recurrentKernel.shape.count)
        for sample in batch.lengths.indices {
            let input = RecurrentInput(batch.alone(padded.sequence, sample))
            let (output, workspace) = device.recurrenceForward(input, weights, recurrence)
            let alone = device.recurrenceBackward(
                RecurrentOutput(batch.alone(gradient, sample)), input: input, output: output, weights,
                recurrence, workspace)
            for (sum, value) in zip(sums.indices, alone.weights.recurrentKernel.scalars) {
                sums[sum] += value
            }
            #expect(relativeDifference(batch.shown(together.output, sample), output.output.scalars) < 1e-6)
            for (state, expected) in zip(together.state, output.state) {
                let row = state.scalars[sample * batch.units..<(sample + 1) * batch.units]
                #expect(relativeDifference(Array(row), expected.scalars) < 1e-6)
            }
            #expect(
                relativeDifference(
                    batch.shown(gradients.input.sequence, sample), alone.input.sequence.scalars) < 1e-6)
        }
        #expect(relativeDifference(gradients.weights.recurrentKernel.scalars, sums) < 1e-6)
    }
}

/// A mask with each value repeated in `width` columns.
private func shownRows(_ input: RecurrentInput, width: Int) -> Tensor {
    let mask = input.mask?.scalars ?? []
    let scalars = mask.flatMap { [Float](repeating: $0, count: width) }
    return Tensor(scalars, shape: input.sequence.shape.replacingLast(with: width), on: device)
}
