public import Datasets
import Imaging
import Recognition

/// Labelled images as a network sees them: sizes, classes and prepared pixels by index.
struct TrainingSamples: Sendable {
    let images: any LabelledImages
    /// Samples beside the stored ones, with indices after theirs.
    let made: MadePart?
    let alphabet: Alphabet
    let preprocessor: Preprocessor
    let network: CRNNConfiguration

    init(_ data: TrainingData, _ alphabet: Alphabet, _ configuration: TrainingConfiguration) {
        (images, made) = (data.images, data.epochs.made)
        self.alphabet = alphabet
        preprocessor = Preprocessor(height: configuration.network.height, widthStep: configuration.widthStep)
        network = configuration.network
    }

    /// What of a sample decides its batch.
    struct Placement: Sendable {
        let index: Int
        let width: Int
        let classes: [Int]
        /// The sample itself where it was made, so that this is done once.
        let made: MadeSample?
    }

    /// One sample, decoded, scaled, changed and padded.
    struct Prepared: Sendable {
        let image: Image
        let classes: [Int]
        let name: SampleName
    }

    /// Where the sample is stored, or the number under which it is made.
    func name(_ index: Int) -> SampleName { madePart(of: index)?.name(index) ?? images.name(index) }

    /// What makes the sample; nil where it is stored.
    func madePart(of index: Int) -> MadePart? { made.flatMap { $0.contains(index) ? $0 : nil } }

    /// The sample's padded width and label, from its header alone; throws where it cannot be learnt from.
    ///
    /// - Parameters:
    ///   - index: Its index.
    ///   - made: The sample itself where it is made.
    func placement(of index: Int, _ made: MadeSample?) throws -> Placement {
        try unsafe withSample(index, made) { bytes, label in
            let header = try unsafe ImageHeader(decoding: bytes)
            let width = try preprocessor.paddedWidth(header.width, header.height)
            let classes = try alphabet.encode(label)
            try network.checkFit(of: label, classes, inWidth: width)
            return Placement(index: index, width: width, classes: classes, made: made)
        }
    }

    /// The sample at its place in a batch.
    func prepared(
        _ placement: Placement, _ augmentation: Augmentation?,
        using generator: inout some RandomNumberGenerator
    ) throws -> Prepared {
        let image = try unsafe withSample(placement.index, placement.made) { bytes, _ in
            try unsafe Image(decoding: bytes)
        }
        var scaled = image.resized(
            width: preprocessor.scaledWidth(image.width, image.height), height: preprocessor.height)
        if let augmentation { scaled = augmentation(scaled, using: &generator) }
        return Prepared(
            image: scaled.padded(toWidth: placement.width, with: scaled.background),
            classes: placement.classes,
            name: name(placement.index))
    }

    private func withSample<Result>(
        _ index: Int, _ made: MadeSample?, _ body: (UnsafeRawBufferPointer, String) throws -> Result
    ) throws -> Result {
        guard let made else { return try unsafe images.withSample(index, body) }
        return try unsafe made.lend(body)
    }
}

/// A sample that cannot be learnt from, and why.
public struct ExcludedSample: Sendable, CustomStringConvertible {
    /// Where it is stored.
    public let name: SampleName
    /// What is wrong with it.
    public let reason: String

    /// Name and reason, for people.
    public var description: String { "\(name): \(reason)" }
}
