internal import Files
internal import LMDB

/// Builds a data set in LMDB.
///
/// The data set grows in the folder `OUTPUT.unfinished`, which is renamed to `OUTPUT` at the end. Every commit is
/// synced and updates `num-samples` and the checksum. So a run that is killed leaves complete samples in the unfinished
/// folder, and does not touch an earlier data set. What it leaves says that it is unfinished
/// (``LMDBDataset/isUnfinished``), and the run can be resumed if its commits have a note on the position in the source.
public struct DatasetWriter: ~Copyable {
    /// The folder that the data set will be.
    public let output: String
    /// The number of samples appended.
    public private(set) var count = 0
    /// The checksum of the samples appended.
    public private(set) var checksum = DatasetChecksum()
    /// The note of the last commit of the resumed run; nil if it has none, or nothing was resumed.
    public let resumedNote: String?
    /// Whether full batches are committed automatically. Callers whose commits have a note set it to false.
    public var commitsFullBatches = true

    private let staging: StagingDirectory
    private var note: String?
    private var writer: Writer
    private var batch = WriteBatch()
    private var lastCommit = ContinuousClock.now

    /// The number of bytes that make a batch full.
    private static let batchBytes = 1 << 22

    /// The time after which samples are committed even if they do not fill a batch.
    private static let commitInterval = Duration.seconds(2)

    /// The names of the files of a data set.
    public static let files: Set<String> = ["data.mdb", "lock.mdb"]

    /// Begins a data set.
    ///
    /// - Parameters:
    ///   - output: The folder to make; missing parents are made, too.
    ///   - replacing: Whether an existing data set is replaced at the end, and what an interrupted run left behind is
    ///     removed now. Folders with other content are never removed.
    public init(_ output: String, replacing: Bool = false) throws(DatasetError) {
        let staging = try Self.staging(output, replacing ? .replace : .create)
        writer = try Self.begun(in: staging.path)
        (self.output, resumedNote) = (staging.output, nil)
        self.staging = staging
    }

    /// Resumes the data set that an interrupted run left behind, or begins one if there is none.
    ///
    /// - Parameter output: The folder to make, as given to the interrupted run.
    public init(resuming output: String) throws(DatasetError) {
        let staging = try Self.staging(output, .resume)
        if let state = try UnfinishedDataset(in: staging.path) {
            writer = try asDatasetError { () throws(LMDBError) in try Writer(writing: staging.path) }
            (count, checksum, resumedNote) = (state.count, state.checksum, state.note)
        } else {
            writer = try Self.begun(in: staging.path)
            resumedNote = nil
        }
        (self.output, note) = (staging.output, resumedNote)
        self.staging = staging
    }

    private static func staging(
        _ output: String, _ policy: StagingDirectory.Policy
    ) throws(DatasetError) -> StagingDirectory {
        do throws(StagingError) {
            return try StagingDirectory(for: output, of: files, policy)
        } catch { throw .staging(error) }
    }

    /// A writer for a data set without samples.
    private static func begun(in folder: String) throws(DatasetError) -> Writer {
        var count = WriteBatch()
        count.set(SampleKey.count, to: Array("0".utf8))
        count.set(SampleKey.checksum, to: Array(DatasetChecksum().description.utf8))
        count.set(SampleKey.progress, to: WritingState.unfinished(note: nil).bytes)
        return try asDatasetError { () throws(LMDBError) in
            var writer = try Writer(writing: folder)
            try writer.commit(count)
            return writer
        }
    }

    /// Whether the appended samples that are not committed yet fill a batch.
    public var isBatchFull: Bool { batch.byteCount >= Self.batchBytes }

    /// Whether a commit is due: the batch is full, or the last commit is seconds ago.
    public var isCommitDue: Bool {
        isBatchFull || ContinuousClock.now - lastCommit > Self.commitInterval
    }

    /// Appends one sample; the bytes of the image are stored unchanged.
    ///
    /// - Parameters:
    ///   - image: The encoded image.
    ///   - label: The text that the image shows.
    ///   - lexicon: Words, separated by spaces, one of which is the label; nil if there is no lexicon.
    public mutating func append(image: [UInt8], label: String, lexicon: String? = nil) throws(DatasetError) {
        try append(image: image, ImageDigest(of: image), label: label, lexicon: lexicon)
    }

    /// Appends one sample; `digest` is that of its image.
    public mutating func append(
        image: [UInt8], _ digest: ImageDigest, label: String, lexicon: String? = nil
    ) throws(DatasetError) {
        let text = Array(label.utf8)
        batch.set(SampleKey.image(at: count), to: image)
        batch.set(SampleKey.label(at: count), to: text)
        if let lexicon { batch.set(SampleKey.lexicon(at: count), to: Array(lexicon.utf8)) }
        checksum.add(digest, label: text)
        count += 1
        if commitsFullBatches, isBatchFull { try commit() }
    }

    /// Appends an unchanged copy of the sample at `index` of another data set.
    public mutating func append(_ index: Int, of dataset: LMDBDataset) throws {
        let sample = try dataset[index]
        try append(image: sample.bytes, label: sample.label, lexicon: try dataset.lexicon(index))
    }

    /// Commits the appended samples.
    ///
    /// - Parameter note: The position in the source, for resuming an interrupted run. It is removed when the data set
    ///   is finished.
    public mutating func commit(note: String? = nil) throws(DatasetError) {
        if let note { self.note = note }
        try write(.unfinished(note: self.note))
    }

    /// Commits the remaining samples and renames the folder to `output`.
    ///
    /// A note is removed only after the folder is renamed, because a run that is killed before can still be resumed.
    public consuming func finish() throws(DatasetError) {
        try write(note.map { .complete(note: $0) } ?? .finished)
        do throws(StagingError) { try staging.finish() } catch { throw .staging(error) }
        if note != nil { try write(.finished) }
    }

    private mutating func write(_ state: WritingState) throws(DatasetError) {
        batch.set(SampleKey.count, to: Array(String(count).utf8))
        batch.set(SampleKey.checksum, to: Array(checksum.description.utf8))
        if state == .finished {
            batch.remove(SampleKey.progress)
        } else {
            batch.set(SampleKey.progress, to: state.bytes)
        }
        do throws(LMDBError) { try writer.commit(batch) } catch { throw .storage(error) }
        batch = WriteBatch()
        lastCommit = .now
    }

    /// Removes the unfinished data set.
    public consuming func discard() { staging.discard() }
}
