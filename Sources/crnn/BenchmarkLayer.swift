/// One layer's speed in one pass, or that of what training does beside the layers.
struct BenchmarkLayer: Encodable {
    /// A pass over the layers, or what comes beside.
    enum Pass: String, Encodable {
        case inference, forward, backward, step
    }

    let pass: Pass
    let precision: BenchmarkPrecision
    let batch: Int
    let width: Int
    let name: String
    /// Operations of one image, where they are counted.
    let operations: Double?
    let milliseconds: Double
    /// 10⁹ operations a second.
    let rate: Double?
    /// The part of the sum of all parts' times.
    let share: Double
}

/// Puts times and operations of layers together.
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
