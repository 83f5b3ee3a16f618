internal import LMDB

/// The few entries of an LMDB that show whether it is a set of labelled images.
struct DatabaseContents {
    let path: String
    let keyCount: Int
    let firstKeys: [String]
    /// How the keys number the samples.
    let scheme: KeyScheme
    let count: [UInt8]?
    let firstImage: [UInt8]?
    let firstLabel: [UInt8]?
    /// Whether the run that writes the data set was interrupted, or still goes on.
    let isUnfinished: Bool
    /// The checksum that is stored in the data set; nil if there is none, or it is not readable.
    let checksum: DatasetChecksum?

    /// Reads the entries of `environment`.
    init(of environment: Environment) throws(DatasetError) {
        path = environment.path
        let snapshot = try environment.datasetSnapshot()
        keyCount = try asDatasetError { () throws(LMDBError) in try snapshot.count }
        firstKeys = try asDatasetError { () throws(LMDBError) in try snapshot.keys(limit: 3) }
        count = try snapshot.bytes(for: SampleKey.count)
        scheme = try KeyScheme(of: snapshot)
        firstImage = try snapshot.bytes(for: SampleKey.image(at: 0, scheme))
        firstLabel = try snapshot.bytes(for: SampleKey.label(at: 0, scheme))
        if case .unfinished = WritingState(try snapshot.bytes(for: SampleKey.progress)) {
            isUnfinished = true
        } else {
            isUnfinished = false
        }
        checksum = try snapshot.bytes(for: SampleKey.checksum).flatMap {
            DatasetChecksum(String(decoding: $0, as: UTF8.self))
        }
    }

    /// The number of samples: that in `num-samples`, and those that follow without being counted. Throws if this is not
    /// a set of labelled images.
    func sampleCount(_ snapshot: borrowing Transaction) throws(DatasetError) -> Int {
        guard let samples = try declaredCount() else { throw notLabelledImages }
        guard samples <= keyCount else {
            throw .invalidCount(path: path, detail: "\(samples) samples, but there are only \(keyCount) keys")
        }
        guard samples == 0 || firstImage != nil || firstLabel == nil else { throw notLabelledImages }
        var end = samples
        while try snapshot.hasSample(end, scheme) { end += 1 }
        return end
    }

    /// The number in `num-samples`, whatever other keys there are; nil if it is missing.
    func declaredCount() throws(DatasetError) -> Int? {
        guard let count else { return nil }
        let text = String(decoding: count, as: UTF8.self)
        let digits = text.filter { !$0.isWhitespace && $0 != "\0" }
        guard let samples = Int(digits), samples >= 0 else {
            throw .invalidCount(path: path, detail: "“\(text.prefix(40))” is not a number of samples")
        }
        return samples
    }

    /// What is wrong with the keys of `count` samples, in words.
    func keyDefects(_ count: Int) throws(DatasetError) -> [String] {
        let declared = try declaredCount()
        let counting = declared.flatMap {
            $0 < count ? "num-samples is \($0), but there are \(count) samples" : nil
        }
        return [counting, scheme.defect].compactMap { $0 }
    }

    /// The error for a database of another kind.
    var notLabelledImages: DatasetError { .notLabelledImages(path: path, content: description) }

    /// What the database contains, in words.
    private var description: String {
        if keyCount == 0 { return "it is empty" }
        if firstImage == nil, let firstLabel {
            let text = String(decoding: firstLabel.prefix(60), as: UTF8.self)
            let kind = text.hasPrefix("{") ? "JSON texts" : "texts"
            return "it contains \(kind) without images, the first is \(text)"
        }
        return "it contains \(keyCount) keys, the first are \(firstKeys.joined(separator: ", "))"
    }
}
