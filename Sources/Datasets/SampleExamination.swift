internal import Imaging
internal import LMDB

/// What is found while some samples of a set are examined one after the other.
struct SampleExamination: Sendable {
    private(set) var problems: [DatasetProblem] = []
    /// Samples that no repair of the label saves.
    private(set) var unusable: Set<Int> = []
    private(set) var duplicates = DuplicateSearch()
    private(set) var shapes = ShapeStatistics()
    private(set) var checksum = DatasetChecksum()

    private let options: VerificationOptions

    /// Pixels of a blank image differ by less: no text was ever read from so little contrast.
    private static let leastContrast = 8

    /// Examines the samples at `indices` of `dataset`.
    init(
        of dataset: LMDBDataset, _ indices: Range<Int>, _ options: VerificationOptions
    ) throws(DatasetError) {
        self.options = options
        let snapshot = try dataset.snapshot()
        for index in indices { try examine(index, in: snapshot) }
    }

    private mutating func examine(_ index: Int, in snapshot: borrowing Transaction) throws(DatasetError) {
        let labelKey = SampleKey.label(at: index), imageKey = SampleKey.image(at: index)
        let stored = try asDatasetError { () throws(LMDBError) in try snapshot.value(for: labelKey) }
        let bytes = try asDatasetError { () throws(LMDBError) in try snapshot.value(for: imageKey) }
        if let words = try asDatasetError({ () throws(LMDBError) in
            try snapshot.value(for: SampleKey.lexicon(at: index))
        }) {
            examine(lexicon: words, index)
        }
        let label = stored.flatMap { examine(label: $0, key: labelKey, index) }
        if stored == nil { note(labelKey, .missingLabel, "there is an image without it", index) }
        guard let bytes else { return note(imageKey, .missingImage, "there is no such key", index) }
        let digest = ImageDigest(of: bytes)
        if let stored { checksum.add(digest, label: stored) }
        if label != nil { duplicates.add(digest, at: index) }
        guard let image = examine(image: bytes, key: imageKey, index), let label else { return }
        shapes.add(
            width: image.width, height: image.height, characters: LabelDefects.repaired(label).count,
            at: index)
        examine(label: label, for: image, labelKey, index)
    }

    private mutating func examine(lexicon: [UInt8], _ index: Int) {
        guard String(validating: lexicon, as: UTF8.self) == nil else { return }
        note(SampleKey.lexicon(at: index), .lexiconNotUTF8, "its bytes are no UTF-8", index)
    }

    /// The label as a text; nil where it is none.
    private mutating func examine(label bytes: [UInt8], key: String, _ index: Int) -> String? {
        guard let label = String(validating: bytes, as: UTF8.self) else {
            note(
                key, .labelNotUTF8,
                "its bytes are no UTF-8: \(quoted(String(decoding: bytes, as: UTF8.self)))", index)
            return nil
        }
        for finding in LabelDefects(of: label).findings { note(key, finding.kind, finding.detail, index) }
        return label
    }

    /// The picture; nil where the bytes are none.
    private mutating func examine(image bytes: [UInt8], key: String, _ index: Int) -> Image? {
        let image: Image
        do throws(ImageError) { image = try Image(decoding: bytes) } catch {
            note(key, .undecodableImage, "\(error)", index)
            return nil
        }
        let (darkest, lightest) = (image.pixels.min() ?? 0, image.pixels.max() ?? 0)
        if Int(lightest) - Int(darkest) < Self.leastContrast {
            note(key, .blankImage, "all its greys are from \(darkest) to \(lightest): nothing shows", index)
        }
        return image
    }

    /// Holds the label against what a model asks for, as it is and as it would be repaired.
    private mutating func examine(label: String, for image: Image, _ key: String, _ index: Int) {
        guard let requirement = options.requirement else { return }
        let finding = requirement(label, image.width, image.height)
        if let finding { note(key, finding.kind, finding.detail, index, isFinal: false) }
        let repaired = LabelDefects.repaired(label)
        let last = repaired == label ? finding : requirement(repaired, image.width, image.height)
        if let last, !options.ignored.contains(last.kind) { unusable.insert(index) }
    }

    private mutating func note(
        _ key: String, _ kind: DatasetProblem.Kind, _ detail: String, _ index: Int, isFinal: Bool = true
    ) {
        guard !options.ignored.contains(kind) else { return }
        problems.append(DatasetProblem(key: key, kind: kind, detail: detail))
        if isFinal, !kind.isRepairable { unusable.insert(index) }
    }
}

/// What is looked for in a data set.
public struct VerificationOptions: Sendable {
    /// What a model or an alphabet has against a label whose image has the given width and height in pixels.
    public typealias Requirement =
        @Sendable (_ label: String, _ width: Int, _ height: Int) -> (
            kind: DatasetProblem.Kind, detail: String
        )?

    /// Kinds of problems that are not looked for.
    public var ignored: Set<DatasetProblem.Kind>
    /// What every sample must fulfil besides.
    public var requirement: Requirement?

    /// Looks for all but the `ignored` kinds.
    public init(ignoring ignored: Set<DatasetProblem.Kind> = [], requirement: Requirement? = nil) {
        (self.ignored, self.requirement) = (ignored, requirement)
    }
}
