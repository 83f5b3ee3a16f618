import CPU
import Neural
import Tensors
import Testing

/// How the layers of a golden file are computed.
enum KerasForm: String, CaseIterable, CustomTestStringConvertible {
    case scanned = "scanned step by step"
    case fused = "fused by the reference device"
    case fusedByOneDNN = "fused by oneDNN"

    var device: any Device { self == .fusedByOneDNN ? CPUDevice(threads: 1) : reference }
    var testDescription: String { rawValue }
}

@Suite struct KerasRecurrentTests {
    @Test(
        arguments: [
            "SimpleRNN", "LSTM", "GRU", "GRU-reset-before", "stacked", "Bidirectional", "ConvLSTM2D",
        ],
        KerasForm.allCases)
    func recurrentLayersGiveTheOutputsAndGradientsOfKeras(_ family: String, _ form: KerasForm) throws {
        var comparison = KerasComparison()
        for golden in try kerasGoldens(family, of: KerasCase.self) {
            comparison.hold(golden, scans: form == .scanned, on: form.device)
        }
        #expect(comparison.complaints == [], "off by \(comparison.largest) at most")
    }
}
