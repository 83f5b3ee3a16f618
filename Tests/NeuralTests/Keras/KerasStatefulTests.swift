import Neural
import Tensors
import Testing

/// The stateful cases again, with states stored by ``Stateful``.
@Test(arguments: ["SimpleRNN", "LSTM", "GRU", "GRU-reset-before"])
func statefulLayersGoOnAsKerasDoes(_ family: String) throws {
    var comparison = KerasComparison()
    let cases = try kerasGoldens(family, of: KerasCase.self).filter { $0.layer.stateful == true }
    #expect(cases.map(\.calls.count) == [4, 2])
    for golden in cases {
        let builder = KerasBuilder(version: golden.version, device: reference)
        let cell = builder.cell(golden.layer, features: 2)
        let layer = Stateful(RNN(cell, golden.layer.options))
        comparison.hold(layer, golden)
    }
    #expect(comparison.complaints == [], "off by \(comparison.largest) at most")
}

extension KerasComparison {
    /// Reads the batches of a case in order, in inference and in training.
    fileprivate mutating func hold(
        _ layer: Stateful<RNN<AnyRecurrentCell>>, _ golden: KerasCase
    ) {
        var (inferring, training) = (layer, layer)
        inferring.assignPatterns(golden.weights)
        training.assignPatterns(golden.weights)
        for (index, call) in golden.calls.enumerated() {
            if call.reset == true {
                inferring.reset()
                training.reset()
            }
            let input = call.recurrentInput(on: reference)
            let outputs = [inferring.advance(input), training.forward(input).output]
            for output in outputs {
                let all = [output.output] + output.state
                let expected = call.outputs.map(\.values)
                hold(Array(all.prefix(expected.count)), expected, "\(golden.name), call \(index)")
            }
        }
    }
}
