internal import LMDB

/// What a glance into an LMDB shows; enough to tell a set of labelled images from others.
struct Contents {
    let path: String
    let keyCount: Int
    let firstKeys: [String]
    let count: [UInt8]?
    let firstImage: [UInt8]?
    let firstLabel: [UInt8]?
    /// What the set says of its content; nil where it says nothing, or nothing that can be understood.
    let checksum: DatasetChecksum?

    /// Looks into `environment`.
    init(of environment: Environment) throws(DatasetError) {
        path = environment.path
        let snapshot = try asDatasetError { () throws(LMDBError) in try environment.snapshot() }
        func value(_ key: String) throws(DatasetError) -> [UInt8]? {
            try asDatasetError { () throws(LMDBError) in try snapshot.value(for: key) }
        }
        keyCount = try asDatasetError { () throws(LMDBError) in try snapshot.count }
        firstKeys = try asDatasetError { () throws(LMDBError) in try snapshot.keys(limit: 3) }
        count = try value(SampleKey.count)
        firstImage = try value(SampleKey.image(at: 0))
        firstLabel = try value(SampleKey.label(at: 0))
        checksum = try value(SampleKey.checksum).flatMap {
            DatasetChecksum(String(decoding: $0, as: UTF8.self))
        }
    }

    /// The number of samples, where this is a set of labelled images.
    func sampleCount() throws(DatasetError) -> Int {
        guard let samples = try declaredCount() else { throw notLabelledImages }
        guard samples <= keyCount else {
            throw .invalidCount(path: path, detail: "\(samples) samples, but there are only \(keyCount) keys")
        }
        guard samples == 0 || firstImage != nil || firstLabel == nil else { throw notLabelledImages }
        return samples
    }

    /// The number in `num-samples`, whatever the other keys are; nil where it is missing.
    func declaredCount() throws(DatasetError) -> Int? {
        guard let count else { return nil }
        let text = String(decoding: count, as: UTF8.self)
        let digits = text.filter { !$0.isWhitespace && $0 != "\0" }
        guard let samples = Int(digits), samples >= 0 else {
            throw .invalidCount(path: path, detail: "“\(text.prefix(40))” is not a number of samples")
        }
        return samples
    }

    /// The error for a database of another kind.
    var notLabelledImages: DatasetError { .notLabelledImages(path: path, content: description) }

    /// What is there, in words.
    private var description: String {
        if keyCount == 0 { return "it is empty" }
        if firstImage == nil, let firstLabel {
            let text = String(decoding: firstLabel.prefix(60), as: UTF8.self)
            let kind = text.hasPrefix("{") ? "JSON texts" : "texts"
            return "it holds \(kind) without images, the first is \(text)"
        }
        return "it holds \(keyCount) keys, the first are \(firstKeys.joined(separator: ", "))"
    }
}
