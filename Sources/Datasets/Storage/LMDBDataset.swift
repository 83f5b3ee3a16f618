internal import LMDB
internal import Requirements

/// A data set in LMDB with the keys that all CRNN tools share: `num-samples`, `image-%09d` (encoded bytes) and
/// `label-%09d` (UTF-8), numbered from 1.
///
/// Copies share the open file.
public struct LMDBDataset: LabelledImages {
    /// The given path of the folder or file.
    public let path: String
    /// The number of samples: that in `num-samples`, or more if further samples follow; see ``keyDefects``.
    public let count: Int
    /// The number of keys in the file: two for each sample, one for each lexicon, `num-samples`, and perhaps the
    /// checksum.
    public let keyCount: Int
    /// The checksum that is stored in the data set; nil if the tool that built it stored none.
    public let checksum: DatasetChecksum?
    /// Whether samples are missing, because the run that writes the data set was interrupted, or still goes on.
    public let isUnfinished: Bool
    /// That samples are missing, why, and what to do, in words that follow the path; nil if the data set is finished.
    public var interruption: String? {
        guard isUnfinished else { return nil }
        return
            "is unfinished: it has only the first \(count) samples, because the command that writes it was interrupted "
            + "or is still running; repeat that command, and it resumes"
    }
    /// The size of the file in bytes.
    public var fileSize: UInt64 { environment.fileSize }

    /// What is unusual about the keys, in words: samples that `num-samples` does not count, numbers that start at 0, or
    /// numbers with other than nine digits. All samples are read nevertheless; other tools may miss some.
    public let keyDefects: [String]

    let environment: Environment
    /// How the keys number the samples.
    let scheme: KeyScheme

    /// Opens the data set at `path`.
    ///
    /// - Parameters:
    ///   - path: A folder that contains `data.mdb`, or the file itself.
    ///   - isChecked: Whether the structure of the file is checked, so that no damage can end the process later. The
    ///     check reads all pages once, except those of large images.
    public init(_ path: String, isChecked: Bool = true) throws(DatasetError) {
        self.path = path
        environment = try .opened(path, isChecked: isChecked)
        let contents = try DatabaseContents(of: environment)
        count = try contents.sampleCount(try environment.datasetSnapshot())
        (keyCount, checksum, scheme) = (contents.keyCount, contents.checksum, contents.scheme)
        isUnfinished = contents.isUnfinished
        keyDefects = try contents.keyDefects(count)
    }

    /// Opens the data set at `path` without relying on `num-samples`.
    ///
    /// - Parameter sampleCount: Determines the number of samples from the keys; throws if they are not those of
    ///   labelled images.
    init(
        recovering path: String,
        _ sampleCount: (DatabaseContents, borrowing Transaction) throws(DatasetError) -> Int
    ) throws(DatasetError) {
        self.path = path
        environment = try .opened(path)
        let contents = try DatabaseContents(of: environment)
        let snapshot = try environment.datasetSnapshot()
        (keyCount, checksum, scheme) = (contents.keyCount, contents.checksum, contents.scheme)
        isUnfinished = contents.isUnfinished
        keyDefects = contents.scheme.defect.map { [$0] } ?? []
        count = try sampleCount(contents, snapshot)
    }

    /// Passes the encoded image at `index`, without a copy, and its label, from the same snapshot, to `body`.
    public func withSample<Result>(
        _ index: Int, _ body: (UnsafeRawBufferPointer, String) throws -> Result
    ) throws -> Result {
        let snapshot = try snapshot()
        let label = try label(index, in: snapshot)
        return try unsafe snapshot.withValue(for: key(index)) { bytes in
            guard let bytes = unsafe bytes else { throw DatasetError.missingKey(name(index)) }
            return try unsafe body(bytes, label)
        }
    }

    /// The label at `index`.
    public func label(_ index: Int) throws(DatasetError) -> String { try label(index, in: try snapshot()) }

    /// The lexicon at `index`: the words, separated by spaces, one of which is the label; nil if there is none.
    public func lexicon(_ index: Int) throws(DatasetError) -> String? {
        let key = SampleKey.lexicon(at: index, scheme)
        let snapshot = try snapshot()
        guard let bytes = try snapshot.bytes(for: key) else { return nil }
        return try text(bytes, key)
    }

    /// The key of the image at `index`: `image-000000042` for index 41.
    public func key(_ index: Int) -> String { SampleKey.image(at: index, scheme) }

    /// The place where the image at `index` is stored.
    public func name(_ index: Int) -> SampleName { SampleName(path: path, key: key(index)) }

    func snapshot() throws(DatasetError) -> Transaction { try environment.datasetSnapshot() }

    private func label(_ index: Int, in snapshot: borrowing Transaction) throws(DatasetError) -> String {
        require(index >= 0 && index < count, "sample \(index) of \(count) in \(path)")
        let key = SampleKey.label(at: index, scheme)
        guard let bytes = try snapshot.bytes(for: key) else {
            throw .missingKey(SampleName(path: path, key: key))
        }
        return try text(bytes, key)
    }

    /// The UTF-8 text that is stored under `key`.
    private func text(_ bytes: [UInt8], _ key: String) throws(DatasetError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .labelNotUTF8(SampleName(path: path, key: key))
        }
        return text
    }
}
