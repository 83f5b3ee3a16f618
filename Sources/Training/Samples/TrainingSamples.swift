import Datasets
import Imaging
import Recognition

/// The samples of a run as the network sees them: padded widths, classes and prepared pixels.
struct TrainingSamples: Sendable {
    let data: TrainingData
    let alphabet: Alphabet
    let preprocessor: Preprocessor
    let network: CRNNConfiguration

    init(_ data: TrainingData, _ alphabet: Alphabet, _ configuration: TrainingConfiguration) {
        self.data = data
        self.alphabet = alphabet
        preprocessor = configuration.preprocessor
        network = configuration.network
    }

    /// What decides which batch a sample joins.
    struct Placement: Sendable {
        let id: SampleID
        let width: Int
        let classes: [Int]
        /// The synthetic image itself, so that it is drawn once; nil for a stored sample.
        let synthetic: SyntheticSample?
    }

    /// One sample, decoded, scaled, augmented and padded.
    struct Prepared: Sendable {
        let image: Image
        let classes: [Int]
        let name: SampleName
    }

    /// The name of a sample in messages.
    func name(_ id: SampleID) -> SampleName {
        switch id {
        case .stored(let index): data.images.name(index)
        case .synthetic(let number):
            (data.synthetic?.images ?? SyntheticImageSettings("")).name(ofNumber: number)
        }
    }

    /// The padded width and the classes of a sample, from its image's header and its label; throws if the sample cannot
    /// be trained on. Only if margins are trimmed is the image decoded.
    ///
    /// - Parameters:
    ///   - id: The sample.
    ///   - synthetic: The image itself if it is synthetic.
    func placement(of id: SampleID, _ synthetic: SyntheticSample?) throws -> Placement {
        try unsafe withSample(id, synthetic) { bytes, label in
            try LabelDefects.requireUsable(label)
            let width = try unsafe paddedWidth(ofImageIn: bytes)
            let classes = try alphabet.encode(label)
            try network.checkFit(of: label, classes, inWidth: width)
            return Placement(id: id, width: width, classes: classes, synthetic: synthetic)
        }
    }

    private func paddedWidth(ofImageIn bytes: UnsafeRawBufferPointer) throws -> Int {
        if preprocessor.trimsMargins {
            let area = preprocessor.area(of: try unsafe Image(decoding: bytes))
            return try preprocessor.paddedWidth(area.width, area.height)
        }
        let header = try unsafe ImageHeader(decoding: bytes)
        return try preprocessor.paddedWidth(header.width, header.height)
    }

    /// The sample, ready for its batch, whose images are `width` pixels wide.
    func prepared(
        _ placement: Placement, toWidth width: Int, _ augmentation: Augmentation?,
        using generator: inout some RandomNumberGenerator
    ) throws -> Prepared {
        let image = try unsafe withSample(placement.id, placement.synthetic) { bytes, _ in
            try unsafe Image(decoding: bytes)
        }
        var scaled = preprocessor.scaled(image.cropped(to: preprocessor.area(of: image)))
        if let augmentation { scaled = augmentation(scaled, using: &generator) }
        return Prepared(
            image: scaled.padded(toWidth: width, with: scaled.background),
            classes: placement.classes, name: name(placement.id))
    }

    /// Lends the encoded image and the label of a sample to `body`.
    private func withSample<Result>(
        _ id: SampleID, _ synthetic: SyntheticSample?,
        _ body: (UnsafeRawBufferPointer, String) throws -> Result
    ) throws -> Result {
        if let synthetic { return try unsafe synthetic.lend(body) }
        guard case .stored(let index) = id else { fatalError("\(id) comes without its image") }
        return try unsafe data.images.withSample(index, body)
    }
}
