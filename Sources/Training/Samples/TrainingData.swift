import Datasets
import Files
import Recognition

/// The samples of a run: those that are trained on and those that are held out for validation.
struct TrainingData: Sendable {
    /// All stored samples of the training sets, including those held out.
    let images: any LabelledImages
    /// The indices of the stored samples that are trained on.
    let trained: [Int]
    /// The synthetic images; nil if there are none.
    let synthetic: SyntheticTrainingData?
    /// The data sets for validation.
    let validation: [any LabelledImages]
    /// The records of all data sets for checkpoints.
    let records: [DatasetRecord]
    /// What is unusual about the data sets, for people.
    let warnings: [String]

    /// Opens and splits the data sets of a configuration.
    ///
    /// Validation sets are left out of the training sets if the training paths lead to them, too. Copies of one sample are
    /// held out together or not at all. If there is no data set at all, the first synthetic images are held out.
    ///
    /// - Parameters:
    ///   - configuration: Names the data sets.
    ///   - source: Draws the synthetic images, if the configuration has any.
    init(_ configuration: TrainingConfiguration, _ source: (any SyntheticSampleSource)? = nil) throws {
        let held = try Self.validationSets(configuration)
        let trainingSets = try OpenedDatasets(
            Self.trainingSets(configuration, except: held), namedBy: configuration.trainingPaths)
        let validationSets = try OpenedDatasets(held, namedBy: configuration.validationPaths)
        let images = ConcatenatedDataset(trainingSets.datasets)
        let others = ConcatenatedDataset(validationSets.datasets)
        let fraction = held.isEmpty ? configuration.validationFraction : 0
        var generator = SeededGenerator(seed: configuration.seed, 3)
        let shuffled = (0..<images.count).shuffled(using: &generator)
        let copies = SampleCopies(training: images.parts, validation: others.parts)
        let drawn = copies.first(Int((Double(images.count) * fraction).rounded()), of: shuffled)
        self.images = images
        trained = Set(0..<images.count).subtracting(drawn).sorted()
        synthetic = try Self.synthetic(
            configuration, source, withStored: trained.count, holdsOut: images.parts.isEmpty && fraction > 0)
        let heldOut = HeldOutSamples(
            samples: synthetic?.heldOut ?? [], images: configuration.synthetic ?? SyntheticImageSettings(""))
        let parts: [any LabelledImages] = [
            others, Subset(images, indices: drawn), heldOut,
        ]
        validation = parts.filter { $0.count > 0 }
        records =
            images.parts.map { DatasetRecord($0, .training) }
            + others.parts.map { DatasetRecord($0, .validation) }
            + (synthetic.map { [DatasetRecord($0)] } ?? [])
        warnings = [trainingSets, validationSets].flatMap(Self.warnings(about:)) + copies.warnings
        guard samplesPerEpoch > 0 else {
            throw TrainingError.nothingToLearn(
                reason:
                    "of \(images.count) samples, \(images.count - trained.count) are held out for validation")
        }
    }

    /// The number of samples held out for validation.
    var validationCount: Int { validation.reduce(0) { $0 + $1.count } }

    /// The symbols of all readable labels and of the synthetic images.
    ///
    /// - Parameter known: The symbols of the model that is trained further. They are used if the symbols of the
    ///   synthetic images are not known.
    func alphabet(known: Alphabet? = nil) throws -> Alphabet {
        var symbols: String?
        if let synthetic {
            symbols = synthetic.source.symbols ?? known?.symbols.joined()
            guard symbols != nil else {
                throw TrainingError.unusableSetting(
                    reason:
                        "the synthetic images of \(synthetic.images.source) may show any symbol, as its "
                        + "text.alphabet is empty; name the symbols to learn there, or give an alphabet")
            }
        }
        let labels = (0..<images.count).lazy.compactMap { try? images.label($0) }
            .filter { LabelDefects.controlDefect(of: $0) == nil }
        return try Alphabet(covering: [AnySequence(labels), AnySequence([symbols ?? ""])].joined())
    }

    private static func warnings(about opened: OpenedDatasets) -> [String] {
        opened.leftOut.map { "\($0). It is left out" }
            + opened.datasets.flatMap { set in
                (set.interruption.map { ["\(set.path) \($0)"] } ?? [])
                    + set.keyDefects.map { "\(set.path): \($0). All samples are used" }
            }
    }

    /// The paths of the validation sets; none if a part of the training sets is held out.
    private static func validationSets(_ configuration: TrainingConfiguration) throws -> [String] {
        let paths = configuration.validationPaths
        return paths.isEmpty ? [] : try findDatasets(in: paths)
    }

    /// The paths of the training sets; none if all images are synthetic.
    private static func trainingSets(
        _ configuration: TrainingConfiguration, except held: [String]
    ) throws -> [String] {
        if configuration.trainingPaths.isEmpty, configuration.synthetic != nil { return [] }
        let paths = try findDatasets(in: configuration.trainingPaths, except: held)
        guard !paths.isEmpty else {
            throw TrainingError.nothingToLearn(
                reason:
                    "all data sets in \(configuration.trainingPaths.joined(separator: ", ")) are held out "
                    + "for validation; name other training or validation sets")
        }
        return paths
    }

    private static func synthetic(
        _ configuration: TrainingConfiguration, _ source: (any SyntheticSampleSource)?,
        withStored stored: Int,
        holdsOut: Bool
    ) throws -> SyntheticTrainingData? {
        guard let images = configuration.synthetic else { return nil }
        guard let source else {
            throw TrainingError.unusableSetting(
                reason: "there is no source that draws the synthetic images of \(images.source)")
        }
        return try SyntheticTrainingData(images, from: source, withStored: stored, holdsOut: holdsOut)
    }
}
