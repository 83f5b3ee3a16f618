import Recognition
import Tensors

/// All that `crnn benchmark` found.
struct BenchmarkReport: Encodable {
    let machine: BenchmarkMachine
    let peak: BenchmarkPeak
    let network: BenchmarkNetwork
    private(set) var training: [BenchmarkFigure] = []
    private(set) var inference: [BenchmarkFigure] = []
    private(set) var layers: [BenchmarkLayer] = []

    /// The machine and the network, before anything is measured but the peak.
    init(of subject: BenchmarkSubject) {
        let device = subject.options.device
        machine = BenchmarkMachine(device)
        peak = BenchmarkPeak(device, seconds: min(1, subject.options.seconds))
        network = subject.network
    }

    mutating func append(_ result: BenchmarkResult, of phase: BenchmarkPhase) {
        if phase == .training { training.append(result.figure) } else { inference.append(result.figure) }
        layers += result.layers
    }
}

/// The form of the measured network.
struct BenchmarkNetwork: Encodable {
    let isPaper: Bool
    let classes: Int
    let height: Int
    let parameters: Int
    let operations: [Operations]

    /// Operations of one image.
    struct Operations: Encodable {
        let width: Int
        let inference: Double
        let training: Double
    }

    init(_ checkpoint: Checkpoint, widths: [Int], isPaper: Bool) {
        self.isPaper = isPaper
        (classes, height) = (checkpoint.alphabet.classes, checkpoint.model.configuration.height)
        parameters = checkpoint.model.configuration.parameterCount(classes: classes)
        operations = widths.map { width in
            let layers = checkpoint.model.operations(width: width)
            return Operations(
                width: width, inference: layers.reduce(0) { $0 + $1.forward },
                training: layers.reduce(0) { $0 + $1.forward + $1.backward })
        }
    }
}

/// The speed at one load.
struct BenchmarkFigure: Encodable {
    let precision: BenchmarkPrecision
    let batch: Int
    let height: Int
    let width: Int
    let threads: Int
    let imagesPerSecond: Double
    let milliseconds: Double
    /// What all threads took of the processor.
    let processorMilliseconds: Double
    /// The time that the operations would take at the peak, by ``milliseconds``; nil without a peak.
    let boundFraction: Double?
    /// In training: the most memory that the process had.
    let peakMebibytes: Int?
}

/// What was found at one load.
struct BenchmarkResult {
    let phase: BenchmarkPhase
    let figure: BenchmarkFigure
    let layers: [BenchmarkLayer]

    /// - Parameter peak: 10⁹ operations a second.
    init(
        _ load: BenchmarkLoad, _ times: BenchmarkTimes, _ model: CRNN, precision: BenchmarkPrecision,
        threads: Int, peak: Double?
    ) {
        phase = load.phase
        let operations = model.operations(width: load.width)
        let sum = operations.reduce(0) { $0 + $1.forward + (load.phase == .training ? $1.backward : 0) }
        let milliseconds = times.whole.median(BenchmarkTimes.whole)
        figure = BenchmarkFigure(
            precision: precision, batch: load.batch, height: model.configuration.height, width: load.width,
            threads: threads, imagesPerSecond: Double(load.batch) / milliseconds * 1000,
            milliseconds: milliseconds,
            processorMilliseconds: times.whole.processorMedian(BenchmarkTimes.whole),
            boundFraction: peak.map { sum * Double(load.batch) / ($0 * 1e6) / milliseconds },
            peakMebibytes: times.peakMebibytes)
        layers = BenchmarkLayers(load, times, precision, operations).layers
    }
}
