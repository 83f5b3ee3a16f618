import Datasets
import Files
import Recognition
import Tensors

/// A run's samples: what is learnt from and what is held back.
struct TrainingData: Sendable {
    /// The stored samples, held-back ones included.
    let images: any LabelledImages
    /// What is learnt from.
    let epochs: Epochs
    /// The sets to validate on.
    let validation: [any LabelledImages]
    /// The sets as checkpoints tell of them.
    let sets: [LearntSet]

    /// Opens the data sets that a configuration names, and splits them as it says.
    ///
    /// Sets to validate on are left out of the sets to learn from where these lead to them, too. Where there is no
    /// data set at all, the first made images are held back.
    ///
    /// - Parameters:
    ///   - configuration: Names the sets.
    ///   - source: Makes the images that the configuration names, if it does.
    init(_ configuration: TrainingConfiguration, _ source: (any MadeSamples)? = nil) throws {
        let held = try Self.validationSets(configuration)
        let images = try Self.open(Self.trainingSets(configuration, except: held))
        let others = try Self.open(held)
        self.images = images
        let fraction = held.isEmpty ? configuration.validationFraction : 0
        var generator = SeededGenerator(seed: configuration.seed, 3)
        let shuffled = (0..<images.count).shuffled(using: &generator)
        let count = Int((Double(images.count) * fraction).rounded())
        let learnt = shuffled.dropFirst(count).sorted()
        let made = try Self.made(
            configuration, source, beside: learnt.count, of: images.count,
            holdsBack: images.parts.isEmpty && fraction > 0)
        epochs = Epochs(stored: learnt, made: made)
        let parts: [any LabelledImages] = [
            others, Subset(images, indices: shuffled.prefix(count).sorted()),
            KeptSamples(samples: made?.heldBack ?? [], images: configuration.made ?? MadeImages("")),
        ]
        validation = parts.filter { $0.count > 0 }
        sets =
            images.parts.map { LearntSet($0, .training) } + others.parts.map { LearntSet($0, .validation) }
            + (made.map { [LearntSet($0)] } ?? [])
        guard epochs.count > 0 else {
            throw TrainingError.nothingToLearn(
                reason: "of \(images.count) samples, \(count) are held back for validation")
        }
    }

    /// How many samples are held back.
    var validationCount: Int { validation.reduce(0) { $0 + $1.count } }

    /// The symbols of all labels that can be read, and of those that will be made.
    ///
    /// - Parameter known: The symbols of the model that is gone on from; they suffice where nothing else is known.
    func alphabet(known: Alphabet? = nil) throws -> Alphabet {
        var made: String?
        if let part = epochs.made {
            made = part.source.symbols ?? known?.symbols.joined()
            guard made != nil else {
                throw TrainingError.unusableSetting(
                    reason:
                        "the images that \(part.images.source) makes may show any symbol, as its text.alphabet "
                        + "is empty; name the symbols to learn there or with --alphabet")
            }
        }
        let labels = (0..<images.count).lazy.compactMap { try? images.label($0) }
        return try Alphabet(covering: [AnySequence(labels), AnySequence([made ?? ""])].joined())
    }

    /// The paths of the sets to validate on; none where a part of the others is held back.
    private static func validationSets(_ configuration: TrainingConfiguration) throws -> [String] {
        let paths = configuration.validationPaths
        return paths.isEmpty ? [] : try findDatasets(in: paths)
    }

    /// The paths of the sets to learn from; none where images are made instead.
    private static func trainingSets(
        _ configuration: TrainingConfiguration, except held: [String]
    ) throws -> [String] {
        if configuration.trainingPaths.isEmpty, configuration.made != nil { return [] }
        let paths = try findDatasets(in: configuration.trainingPaths, except: held)
        guard !paths.isEmpty else {
            throw TrainingError.nothingToLearn(
                reason:
                    "all data sets in \(configuration.trainingPaths.joined(separator: ", ")) are held back "
                    + "for validation; name other sets to learn from or to validate on")
        }
        return paths
    }

    private static func made(
        _ configuration: TrainingConfiguration, _ source: (any MadeSamples)?, beside learnt: Int,
        of stored: Int, holdsBack: Bool
    ) throws -> MadePart? {
        guard let images = configuration.made else { return nil }
        guard let source else {
            throw TrainingError.unusableSetting(
                reason: "images of \(images.source) are to be made, and nothing is given that makes them")
        }
        return try MadePart(images, by: source, beside: learnt, of: stored, holdsBack: holdsBack)
    }

    private static func open(_ paths: [String]) throws -> ConcatenatedDataset<LMDBDataset> {
        ConcatenatedDataset(try paths.map { path throws(DatasetError) in try LMDBDataset(path) })
    }
}
