/// All results of `crnn benchmark`.
struct BenchmarkReport: Encodable {
    let machine: BenchmarkMachine
    let peak: BenchmarkPeak
    let network: BenchmarkNetwork
    private(set) var training: [BenchmarkFigure] = []
    private(set) var inference: [BenchmarkFigure] = []
    private(set) var layers: [BenchmarkLayer] = []

    /// Measures the peak of the machine; the results follow with ``append(_:of:)``.
    init(of subject: BenchmarkSubject) {
        let device = subject.options.device
        machine = BenchmarkMachine(device)
        peak = BenchmarkPeak(device, seconds: min(1, subject.options.seconds))
        network = subject.network
    }

    /// Adds the result of one load.
    mutating func append(_ result: BenchmarkResult, of phase: BenchmarkPhase) {
        if phase == .training { training.append(result.figure) } else { inference.append(result.figure) }
        layers += result.layers
    }
}
