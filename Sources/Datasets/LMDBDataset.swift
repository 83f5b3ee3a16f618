internal import LMDB

/// A data set in LMDB, in the convention that all CRNN tools share: `num-samples`, `image-%09d` (encoded bytes)
/// and `label-%09d` (UTF-8), counted from 1.
///
/// Copies share the open file.
public struct LMDBDataset: LabelledImages {
    /// The folder or file, as it was given.
    public let path: String
    /// The number of samples according to `num-samples`.
    public let count: Int
    /// The number of keys in the file: in a proper data set twice `count`, one, one for the checksum where there is
    /// one, and one for each lexicon.
    public let keyCount: Int
    /// What the set says of its content; nil where the tool that made it noted nothing.
    public let checksum: DatasetChecksum?
    /// Size of the file in bytes.
    public var fileSize: UInt64 { environment.fileSize }

    let environment: Environment

    /// Opens the data set at `path`: a folder that holds `data.mdb`, or the file itself.
    ///
    /// - Parameters:
    ///   - path: The folder or file.
    ///   - isChecked: Whether the structure of the file is read once and checked, so that no damage can end the
    ///     process later. It costs one pass over all pages but those of large images.
    public init(_ path: String, isChecked: Bool = true) throws(DatasetError) {
        self.path = path
        environment = try asDatasetError { () throws(LMDBError) in try Environment(reading: path) }
        if isChecked { try asDatasetError { [environment] () throws(LMDBError) in try environment.check() } }
        let contents = try Contents(of: environment)
        (keyCount, count) = (contents.keyCount, try contents.sampleCount())
        checksum = contents.checksum
    }

    /// Opens the data set at `path` with as many samples as its keys reach to, whatever `num-samples` says.
    ///
    /// - Parameter census: Looks at the keys; throws where they are not those of labelled images.
    init(
        recovering path: String, _ census: (Contents, borrowing Transaction) throws(DatasetError) -> Int
    ) throws(DatasetError) {
        self.path = path
        environment = try asDatasetError { () throws(LMDBError) in try Environment(reading: path) }
        try asDatasetError { [environment] () throws(LMDBError) in try environment.check() }
        let contents = try Contents(of: environment)
        let snapshot = try asDatasetError { [environment] () throws(LMDBError) in try environment.snapshot() }
        (keyCount, checksum) = (contents.keyCount, contents.checksum)
        count = try census(contents, snapshot)
    }

    /// Lends the encoded image at `index`, in place, and its label to `body`, from one snapshot.
    public func withSample<Result>(
        _ index: Int, _ body: (UnsafeRawBufferPointer, String) throws -> Result
    ) throws -> Result {
        let snapshot = try snapshot()
        let label = try label(index, in: snapshot)
        return try unsafe snapshot.withValue(for: SampleKey.image(at: index)) { bytes in
            guard let bytes = unsafe bytes else { throw DatasetError.missingKey(name(index)) }
            return try unsafe body(bytes, label)
        }
    }

    /// The label at `index`.
    public func label(_ index: Int) throws(DatasetError) -> String { try label(index, in: try snapshot()) }

    /// The words among which the label at `index` is known to be, parted by spaces; nil where there are none.
    public func lexicon(_ index: Int) throws(DatasetError) -> String? {
        let key = SampleKey.lexicon(at: index)
        let snapshot = try snapshot()
        guard let bytes = try asDatasetError({ () throws(LMDBError) in try snapshot.value(for: key) }) else {
            return nil
        }
        guard let lexicon = String(validating: bytes, as: UTF8.self) else {
            throw .labelNotUTF8(SampleName(path: path, key: key))
        }
        return lexicon
    }

    /// The key of the image at `index`, such as `image-000000042` for index 41.
    public func key(_ index: Int) -> String { SampleKey.image(at: index) }

    /// Where the image at `index` is stored.
    public func name(_ index: Int) -> SampleName { SampleName(path: path, key: key(index)) }

    func snapshot() throws(DatasetError) -> Transaction {
        try asDatasetError { () throws(LMDBError) in try environment.snapshot() }
    }

    private func label(_ index: Int, in snapshot: borrowing Transaction) throws(DatasetError) -> String {
        precondition(index >= 0 && index < count, "sample \(index) of \(count) in \(path)")
        let key = SampleKey.label(at: index)
        guard let bytes = try asDatasetError({ () throws(LMDBError) in try snapshot.value(for: key) }) else {
            throw .missingKey(SampleName(path: path, key: key))
        }
        guard let label = String(validating: bytes, as: UTF8.self) else {
            throw .labelNotUTF8(SampleName(path: path, key: key))
        }
        return label
    }
}
