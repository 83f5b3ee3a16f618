import CPU
import Files
import Neural
import Tensors

/// Measures bidirectional recurrent layers with the sizes of the paper's network, 26 steps of 512 features to 2 × 256
/// units: fused layers and scans of cells, the forward pass alone and with the backward pass, in milliseconds.
///
/// `peers/bench_torch_rnn.py` measures PyTorch on the same shapes.
func measureRecurrentLayers(_ load: Load) {
    let bench = RecurrentBench(load)
    var generator = SeededGenerator(seed: 1)
    func bidirectional<Scan: RecurrentLayer>(_ make: (inout SeededGenerator) -> Scan) -> Bidirectional<Scan> {
        Bidirectional(forward: make(&generator), backward: make(&generator))
    }
    func lstm(_ generator: inout SeededGenerator) -> LSTMCell {
        LSTMCell(features: 512, units: 256, on: bench.device, using: &generator)
    }
    func gru(_ generator: inout SeededGenerator) -> GRUCell {
        GRUCell(features: 512, units: 256, on: bench.device, using: &generator)
    }
    func simple(_ generator: inout SeededGenerator) -> SimpleRNNCell {
        SimpleRNNCell(features: 512, units: 256, on: bench.device, using: &generator)
    }
    let options = RecurrentOptions(returnSequences: true)
    print(
        "batch \(load.batch), 26 steps, 512 to 2 × 256, \(bench.device.name), \(bench.device.threads) threads:"
    )
    bench.measure("LSTM, fused", bidirectional { LSTM(lstm(&$0), options) })
    bench.measure("GRU, fused", bidirectional { GRU(gru(&$0), options) })
    bench.measure("SimpleRNN, fused", bidirectional { SimpleRNN(simple(&$0), options) })
    bench.measure("LSTM, scanned", bidirectional { RNN(lstm(&$0), options) })
    bench.measure("GRU, scanned", bidirectional { RNN(gru(&$0), options) })
    bench.measure("SimpleRNN, scanned", bidirectional { RNN(simple(&$0), options) })
}

/// The device and the inputs of all layers.
private struct RecurrentBench {
    let device: CPUDevice
    let load: Load
    let input: Tensor
    let gradient: Tensor

    init(_ load: Load) {
        device = CPUDevice(threads: load.threads)
        self.load = load
        let shape: Shape = [load.batch, 26, 512]
        let scalars = (0..<shape.count).map { Float(($0 &* 2_654_435_761) % 1021) / 510 - 1 }
        input = Tensor(scalars, shape: shape, on: device)
        gradient = device.scaled(input, by: 0.5, plus: 0)
    }

    func measure(_ name: String, _ layer: some RecurrentLayer) {
        var watch = Stopwatch(), layer = layer
        load.repeatedly { _ = watch.time("\(name), forward") { layer(input) } }
        load.repeatedly {
            watch.time("\(name), forward and backward") {
                let (_, cache) = layer.forward(input)
                _ = layer.backward(gradient, cache)
            }
        }
        print(watch.report)
    }
}
