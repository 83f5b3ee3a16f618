import Datasets
import Recognition
import Tensors

/// A run's samples: what is learnt from and what is held back.
struct TrainingData: Sendable {
    let images: any LabelledImages
    /// Indices of `images` to learn from.
    let trainingIndices: [Int]
    /// The sets to validate on.
    let validation: [any LabelledImages]

    /// Opens the data sets that a configuration names, and splits them as it says.
    init(_ configuration: TrainingConfiguration) throws {
        let images = try Self.open(configuration.trainingPaths)
        self.images = images
        guard configuration.validationPaths.isEmpty else {
            trainingIndices = Array(0..<images.count)
            validation = [try Self.open(configuration.validationPaths)]
            return
        }
        var generator = SeededGenerator(seed: configuration.seed, 3)
        let shuffled = (0..<images.count).shuffled(using: &generator)
        let held = Int((Double(images.count) * configuration.validationFraction).rounded())
        trainingIndices = shuffled.dropFirst(held).sorted()
        validation = held == 0 ? [] : [Subset(images, indices: shuffled.prefix(held).sorted())]
        guard !trainingIndices.isEmpty else {
            throw TrainingError.nothingToLearn(
                reason: "of \(images.count) samples, \(held) are held back for validation")
        }
    }

    /// How many samples are held back.
    var validationCount: Int { validation.reduce(0) { $0 + $1.count } }

    /// The symbols of all labels that can be read.
    func alphabet() throws -> Alphabet {
        try Alphabet(covering: (0..<images.count).lazy.compactMap { try? images.label($0) })
    }

    private static func open(_ paths: [String]) throws -> ConcatenatedDataset<LMDBDataset> {
        ConcatenatedDataset(
            try findDatasets(in: paths).map { path throws(DatasetError) in try LMDBDataset(path) })
    }
}
