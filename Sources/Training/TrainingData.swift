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
    /// The sets as checkpoints tell of them.
    let sets: [LearntSet]

    /// Opens the data sets that a configuration names, and splits them as it says.
    ///
    /// Sets to validate on are left out of the sets to learn from where these lead to them, too.
    init(_ configuration: TrainingConfiguration) throws {
        let held = try Self.validationSets(configuration)
        let images = try Self.open(Self.trainingSets(configuration, except: held))
        self.images = images
        let learnt = images.parts.map { LearntSet($0, .training) }
        guard held.isEmpty else {
            trainingIndices = Array(0..<images.count)
            let others = try Self.open(held)
            validation = [others]
            sets = learnt + others.parts.map { LearntSet($0, .validation) }
            return
        }
        sets = learnt
        var generator = SeededGenerator(seed: configuration.seed, 3)
        let shuffled = (0..<images.count).shuffled(using: &generator)
        let count = Int((Double(images.count) * configuration.validationFraction).rounded())
        trainingIndices = shuffled.dropFirst(count).sorted()
        validation = count == 0 ? [] : [Subset(images, indices: shuffled.prefix(count).sorted())]
        guard !trainingIndices.isEmpty else {
            throw TrainingError.nothingToLearn(
                reason: "of \(images.count) samples, \(count) are held back for validation")
        }
    }

    /// How many samples are held back.
    var validationCount: Int { validation.reduce(0) { $0 + $1.count } }

    /// The symbols of all labels that can be read.
    func alphabet() throws -> Alphabet {
        try Alphabet(covering: (0..<images.count).lazy.compactMap { try? images.label($0) })
    }

    /// The paths of the sets to validate on; none where a part of the others is held back.
    private static func validationSets(_ configuration: TrainingConfiguration) throws -> [String] {
        let paths = configuration.validationPaths
        return paths.isEmpty ? [] : try findDatasets(in: paths)
    }

    private static func trainingSets(
        _ configuration: TrainingConfiguration, except held: [String]
    ) throws -> [String] {
        let paths = try findDatasets(in: configuration.trainingPaths, except: held)
        guard !paths.isEmpty else {
            throw TrainingError.nothingToLearn(
                reason:
                    "all data sets in \(configuration.trainingPaths.joined(separator: ", ")) are held back "
                    + "for validation; name other sets to learn from or to validate on")
        }
        return paths
    }

    private static func open(_ paths: [String]) throws -> ConcatenatedDataset<LMDBDataset> {
        ConcatenatedDataset(try paths.map { path throws(DatasetError) in try LMDBDataset(path) })
    }
}
