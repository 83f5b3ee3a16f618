import Recognition

/// The size of the measured network.
struct BenchmarkNetwork: Encodable {
    let isPaper: Bool
    let classes: Int
    let height: Int
    let parameters: Int
    let operations: [Operations]

    /// The number of operations for one image.
    struct Operations: Encodable {
        let width: Int
        let inference: Double
        let training: Double
    }

    init(_ checkpoint: Checkpoint, widths: [Int], isPaper: Bool) {
        self.isPaper = isPaper
        (classes, height) = (checkpoint.alphabet.classCount, checkpoint.model.configuration.height)
        parameters = checkpoint.model.configuration.parameterCount(classCount: classes)
        operations = widths.map { width in
            let layers = checkpoint.model.operations(width: width)
            return Operations(
                width: width, inference: layers.reduce(0) { $0 + $1.forward },
                training: layers.reduce(0) { $0 + $1.forward + $1.backward })
        }
    }
}
