import Recognition

/// The result of one load: the speed of the network and of its layers.
struct BenchmarkResult {
    let phase: BenchmarkPhase
    let figure: BenchmarkFigure
    let layers: [BenchmarkLayer]

    /// - Parameter peak: The peak rate in 10⁹ operations per second.
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
