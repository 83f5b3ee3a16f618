public import Datasets
import Imaging
import Recognition

/// Labelled images as a network sees them: sizes, classes and prepared pixels by index.
struct TrainingSamples: Sendable {
    let images: any LabelledImages
    let alphabet: Alphabet
    let preprocessor: Preprocessor
    let network: CRNNConfiguration

    init(_ data: TrainingData, _ alphabet: Alphabet, _ configuration: TrainingConfiguration) {
        images = data.images
        self.alphabet = alphabet
        preprocessor = Preprocessor(height: configuration.network.height, widthStep: configuration.widthStep)
        network = configuration.network
    }

    /// What of a sample decides its batch.
    struct Placement: Sendable {
        let index: Int
        let width: Int
        let classes: [Int]
    }

    /// One sample, decoded, scaled, changed and padded.
    struct Prepared: Sendable {
        let image: Image
        let classes: [Int]
        let name: SampleName
    }

    /// The sample's padded width and label, from its header alone; throws where it cannot be learnt from.
    func placement(of index: Int) throws -> Placement {
        try unsafe images.withSample(index) { bytes, label in
            let header = try unsafe ImageHeader(decoding: bytes)
            let width = try preprocessor.paddedWidth(header.width, header.height)
            let classes = try alphabet.encode(label)
            try network.checkFit(of: label, classes, inWidth: width)
            return Placement(index: index, width: width, classes: classes)
        }
    }

    /// The sample at its place in a batch.
    func prepared(
        _ placement: Placement, _ augmentation: Augmentation?,
        using generator: inout some RandomNumberGenerator
    ) throws -> Prepared {
        let image = try unsafe images.withSample(placement.index) { bytes, _ in
            try unsafe Image(decoding: bytes)
        }
        var scaled = image.resized(
            width: preprocessor.scaledWidth(image.width, image.height), height: preprocessor.height)
        if let augmentation { scaled = augmentation(scaled, using: &generator) }
        return Prepared(
            image: scaled.padded(toWidth: placement.width, with: scaled.background),
            classes: placement.classes,
            name: images.name(placement.index))
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
