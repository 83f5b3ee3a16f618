/// Combines the times and operation counts of layers.
struct BenchmarkLayers {
    let load: BenchmarkLoad
    let times: BenchmarkTimes
    let precision: BenchmarkPrecision
    let operations: [LayerOperations]
    private let sum: Double

    init(
        _ load: BenchmarkLoad, _ times: BenchmarkTimes, _ precision: BenchmarkPrecision,
        _ operations: [LayerOperations]
    ) {
        (self.load, self.times, self.precision, self.operations) = (load, times, precision, operations)
        sum = [times.forward, times.backward, times.others].reduce(0) { sum, watch in
            watch.names.reduce(sum) { $0 + watch.median($1) }
        }
    }

    /// The layers of each pass, and the other parts of a training step.
    var layers: [BenchmarkLayer] {
        guard load.phase == .training else { return layers(.inference, times.forward, \.forward) }
        return layers(.forward, times.forward, \.forward) + layers(.backward, times.backward, \.backward)
            + times.others.names.map { layer(.step, $0, nil, times.others.median($0)) }
    }

    private func layers(
        _ pass: BenchmarkLayer.Pass, _ watch: Stopwatch, _ count: KeyPath<LayerOperations, Double>
    ) -> [BenchmarkLayer] {
        guard !watch.names.isEmpty else { return [] }
        return operations.map { layer(pass, $0.name, $0[keyPath: count], watch.median($0.name)) }
    }

    private func layer(
        _ pass: BenchmarkLayer.Pass, _ name: String, _ operations: Double?, _ milliseconds: Double
    ) -> BenchmarkLayer {
        BenchmarkLayer(
            pass: pass, precision: precision, batch: load.batch, width: load.width, name: name,
            operations: operations, milliseconds: milliseconds,
            rate: operations.map { $0 * Double(load.batch) / milliseconds / 1e6 }, share: milliseconds / sum)
    }
}
