import Neural
import Tensors
import Testing

/// The lengths of three samples that are padded to four steps.
private let lengths = [4, 1, 3]

/// The names of the tensors that differ between a padded batch and its samples alone: outputs, states, gradients for
/// sequences and states, and the sums of the parameters' gradients.
private func differences<Layer: RecurrentLayer>(_ layer: Layer) -> [String] {
    let batch = layer.input(.paddedRight)
    var weights = RecurrentTrace.waves(like: layer(batch))
    if layer.options.returnSequences { weights.output = silenced(weights.output) }
    let together = RecurrentTrace(layer, batch, weights: weights)
    var sums: [String: [Float]] = [:]
    var found: [String] = []
    for (index, length) in lengths.enumerated() {
        let input = RecurrentInput(
            batch.sequence.sample(index, steps: length), state: batch.state.map { $0.sample(index) })
        let time = layer.options.returnSequences ? length : nil
        let alone = RecurrentTrace(
            layer, input,
            weights: RecurrentOutput(
                weights.output.sample(index, steps: time), state: weights.state.map { $0.sample(index) }))
        for (name, tensor) in alone.tensors {
            guard let other = together.tensors[name] else { found.append("no \(name)"); continue }
            if other.shape[0] == 3, !name.hasSuffix("ernel"), !name.hasSuffix("bias") {
                let part = other.sample(index, steps: tensor.shape.rank == 3 ? length : nil)
                if !(largestDifference(part.scalars, tensor.scalars) <= 1e-6) { found.append(name) }
            } else {
                sums[name] = zip(sums[name] ?? tensor.zeros.scalars, tensor.scalars).map { $0 + $1 }
            }
        }
    }
    found += sums.filter { largestDifference($1, together.tensors[$0]?.scalars ?? []) > 1e-6 }.keys
    return found.sorted()
}

/// The weights of outputs, with zeros at padded steps, whose outputs are repeated or zero.
private func silenced(_ weights: Tensor) -> Tensor {
    let mask = MaskForm.paddedRight.tensor?.scalars ?? []
    let width = weights.shape.last
    return Tensor(
        weights.scalars.enumerated().map { $1 * mask[$0 / width] }, shape: weights.shape, on: reference)
}

@Test(arguments: CellKind.allCases, [ScanDirection.forward, .backward])
func aPaddedSampleGivesWhatItGivesAlone(_ kind: CellKind, _ direction: ScanDirection) {
    for sequences in [true, false] {
        let options = RecurrentOptions(returnSequences: sequences, direction: direction)
        #expect(differences(FusedRNN(AnyCell(kind, units: 4), options)) == [], "fused, \(options)")
        #expect(differences(RNN(AnyCell(kind, units: 4), options)) == [], "scanned, \(options)")
    }
}

@Test(arguments: CellKind.allCases, [true, false])
func aPaddedSampleGivesWhatItGivesAloneInBothDirections(_ kind: CellKind, _ sequences: Bool) {
    let options = RecurrentOptions(returnSequences: sequences)
    let fused = FusedRNN(AnyCell(kind, units: 4), options), scanned = RNN(AnyCell(kind, units: 4), options)
    #expect(differences(Bidirectional(forward: fused, backward: fused)) == [])
    #expect(differences(Bidirectional(forward: scanned, backward: scanned, merge: .multiply)) == [])
}
