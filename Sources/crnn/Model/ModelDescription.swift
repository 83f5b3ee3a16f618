import CommandSupport
import Recognition
import Training

/// The properties of a model, as `crnn model inspect` prints them.
struct ModelDescription: Encodable {
    let path: String
    let parameters: Int
    let network: CRNNConfiguration
    let preprocessing: Preprocessor
    let alphabet: [String]
    let quantizedConvolutions: [Int]
    let quantizedRecurrence: [Int]
    let datasets: [DatasetRecord]

    init(_ checkpoint: Checkpoint, path: String) {
        self.path = path
        network = checkpoint.model.configuration
        parameters = network.parameterCount(classCount: checkpoint.alphabet.classCount)
        preprocessing = checkpoint.preprocessor
        alphabet = checkpoint.alphabet.symbols
        quantizedConvolutions = checkpoint.model.quantizedConvolutions
        quantizedRecurrence = checkpoint.model.quantizedRecurrence
        datasets = checkpoint.datasetRecords
    }

    /// The properties as text, one per line.
    var text: String {
        let channels = network.convolutions.map { "\($0.channels)" }.joined(separator: ", ")
        let lines = [
            ("model", path), ("parameters", "\(parameters)"),
            ("images", "height \(network.height), any width up to \(preprocessing.maximumWidth)"),
            ("convolutions", "\(channels) channels\(note(quantizedConvolutions))"),
            (
                "recurrence",
                "\(network.recurrentLayers) × 2 × \(network.recurrentUnits) units\(note(quantizedRecurrence))"
            ),
            ("alphabet", "\(alphabet.count) symbols: \(alphabet.joined())"),
        ]
        let sets = datasets.map { ("\($0.purpose.rawValue) set", "\($0.name), \(samples($0))") }
        return (lines + sets).map { $0.0.padded(to: 16) + $0.1 }
            .joined(separator: "\n")
    }

    private func note(_ layers: [Int]) -> String {
        layers.isEmpty ? "" : "; \(layers.count == 1 ? "1 layer" : "\(layers.count) layers") in int8"
    }

    private func samples(_ set: DatasetRecord) -> String {
        (set.seed.map { "\(set.samples) synthetic samples per epoch, seed \($0)" }
            ?? "\(set.samples) samples") + (set.checksum.map { ", checksum \($0)" } ?? "")
    }
}
