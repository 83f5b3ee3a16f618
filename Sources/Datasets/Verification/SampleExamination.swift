internal import Imaging
internal import LMDB

/// The result of examining some samples of a data set.
struct SampleExamination: Sendable {
    private(set) var problems: [DatasetProblem] = []
    /// The indices of samples that cannot be used, even with a repaired label.
    private(set) var unusable: Set<Int> = []
    private(set) var duplicates = DuplicateSearch()
    private(set) var shapes = ShapeStatistics()
    private(set) var checksum = DatasetChecksum()

    private let options: VerificationOptions
    private let scheme: KeyScheme

    /// The range of grey levels below which an image counts as blank: no text is legible with so little contrast.
    private static let minimumContrast = 8

    /// Examines the samples at `indices` of `dataset`.
    init(
        of dataset: LMDBDataset, _ indices: some Sequence<Int>, _ options: VerificationOptions
    ) throws(DatasetError) {
        (self.options, scheme) = (options, dataset.scheme)
        let snapshot = try dataset.snapshot()
        for index in indices { try examine(index, in: snapshot) }
    }

    private mutating func examine(_ index: Int, in snapshot: borrowing Transaction) throws(DatasetError) {
        let labelKey = SampleKey.label(at: index, scheme), imageKey = SampleKey.image(at: index, scheme)
        let stored = try snapshot.bytes(for: labelKey)
        let bytes = try snapshot.bytes(for: imageKey)
        if let words = try snapshot.bytes(for: SampleKey.lexicon(at: index, scheme)) {
            examine(lexicon: words, index)
        }
        let label = stored.flatMap { examine(label: $0, key: labelKey, index) }
        if stored == nil { note(labelKey, .missingLabel, "there is an image without a label", index) }
        guard let bytes else { return note(imageKey, .missingImage, "the key is missing", index) }
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
        note(SampleKey.lexicon(at: index, scheme), .lexiconNotUTF8, "the bytes are not UTF-8", index)
    }

    /// The label as text; nil if it is not UTF-8.
    private mutating func examine(label bytes: [UInt8], key: String, _ index: Int) -> String? {
        guard let label = String(validating: bytes, as: UTF8.self) else {
            note(
                key, .labelNotUTF8,
                "the bytes are not UTF-8: \(quoted(String(decoding: bytes, as: UTF8.self)))", index)
            return nil
        }
        for finding in LabelDefects(of: label).findings { note(key, finding.kind, finding.detail, index) }
        return label
    }

    /// The decoded image; nil if the bytes cannot be decoded.
    private mutating func examine(image bytes: [UInt8], key: String, _ index: Int) -> Image? {
        let image: Image
        do throws(ImageError) { image = try Image(decoding: bytes) } catch {
            note(key, .undecodableImage, "\(error)", index)
            return nil
        }
        let (darkest, lightest) = (image.pixels.min() ?? 0, image.pixels.max() ?? 0)
        if Int(lightest) - Int(darkest) < Self.minimumContrast {
            let detail = "all grey levels are between \(darkest) and \(lightest): nothing is visible"
            note(key, .blankImage, detail, index)
        }
        return image
    }

    /// Checks the label, as it is and repaired, against the further requirement.
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
