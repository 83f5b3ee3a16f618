import Neural
import Tensors
import Testing

/// A call of a recurrent layer with tensors of wrong shapes.
enum Misuse: String, CaseIterable, Codable, Sendable {
    case noTime, halfOfTheStates, halfOfTheStateGradients
    case fusedOutputGradient, fusedStateGradients, scannedOutputGradient, scannedStateGradients

    /// Three samples of four steps, by simple recurrences of two units that return all outputs backwards.
    func commit() {
        let options = RecurrentOptions.goBackwards(returnSequences: true)
        let sequence = Tensor.uniform([3, self == .noTime ? 0 : 4, 2])
        switch self {
        case .noTime: _ = FusedRNN(AnyCell(.simple), options)(sequence)
        case .halfOfTheStates, .halfOfTheStateGradients: halve(sequence)
        case .fusedOutputGradient, .fusedStateGradients: turn(FusedRNN(AnyCell(.simple), options), sequence)
        case .scannedOutputGradient, .scannedStateGradients: turn(RNN(AnyCell(.simple), options), sequence)
        }
    }

    /// One state instead of two.
    private func halve(_ sequence: Tensor) {
        let scan = FusedRNN(AnyCell(.simple), RecurrentOptions(returnSequences: true))
        var layer = Bidirectional(forward: scan, backward: scan)
        let one = [Tensor.uniform([3, 2])]
        let (output, cache) = layer.forward(
            RecurrentInput(sequence, state: self == .halfOfTheStates ? one : []))
        _ = layer.backward(RecurrentOutput(output.output, state: one), cache)
    }

    /// A gradient for five steps instead of four, or for twice as many states.
    private func turn<Scan: RecurrentLayer>(_ layer: Scan, _ sequence: Tensor) {
        var layer = layer
        let (output, cache) = layer.forward(RecurrentInput(sequence))
        let isLonger = self == .fusedOutputGradient || self == .scannedOutputGradient
        _ = layer.backward(
            RecurrentOutput(
                .uniform([3, isLonger ? 5 : 4, 2]), state: isLonger ? [] : output.state + output.state),
            cache)
    }
}

@Test(arguments: Misuse.allCases)
func whatDoesNotFitARecurrentLayerIsRefused(_ misuse: Misuse) async {
    await #expect(processExitsWith: .failure) { [misuse] in misuse.commit() }
}
