internal import LMDB

/// Builds a data set in LMDB.
///
/// It grows in a folder beside the output that is named `OUTPUT.unfinished`, and takes the output's name when it
/// is finished. Every commit is synced and brings `num-samples` and the checksum up to date, so that a run which is
/// killed at any moment leaves a readable set of complete samples under the unfinished name, and an earlier set
/// untouched. With a note of where its source stands, such a set can be gone on with.
public struct DatasetWriter: ~Copyable {
    /// What the name of a set that is not finished ends in.
    public static let unfinishedEnding = ".unfinished"

    /// The folder that the set will be.
    public let output: String
    /// The number of samples appended.
    public private(set) var count = 0
    /// The checksum of the samples appended.
    public private(set) var checksum = DatasetChecksum()
    /// What was noted at the last commit of the run that is gone on with; nil in a set that is begun.
    public let resumedNote: String?
    /// Whether batches are committed as they fill up. Whoever notes where a source stands commits himself.
    public var commitsFullBatches = true

    private let place: BuildingPlace
    private var hasNote: Bool
    private var writer: Writer
    private var batch = WriteBatch()

    /// Bytes after which a batch is full.
    private static let batchBytes = 1 << 22

    /// Begins a data set.
    ///
    /// - Parameters:
    ///   - output: The folder to make; its parents are made where they are missing.
    ///   - replacing: Whether a data set that exists there is replaced (at the end), and what an interrupted run
    ///     left behind is removed (now). Folders that hold anything else are never removed.
    public init(_ output: String, replacing: Bool = false) throws(DatasetError) {
        let place = try BuildingPlace(output: output, replacing ? .replacing : .nothing)
        writer = try Self.begun(in: place.unfinished)
        (self.output, resumedNote, hasNote) = (place.output, nil, false)
        self.place = place
    }

    /// Goes on with what an interrupted run left behind; begins a data set where there is nothing.
    ///
    /// - Parameter output: The folder to make, as the interrupted run named it.
    public init(resuming output: String) throws(DatasetError) {
        let place = try BuildingPlace(output: output, .resuming)
        if let state = try UnfinishedState(in: place.unfinished) {
            writer = try asDatasetError { () throws(LMDBError) in try Writer(writing: place.unfinished) }
            (count, checksum, resumedNote) = (state.count, state.checksum, state.note)
        } else {
            writer = try Self.begun(in: place.unfinished)
            resumedNote = nil
        }
        (self.output, hasNote) = (place.output, resumedNote != nil)
        self.place = place
    }

    /// A writer for a set that has no samples yet.
    private static func begun(in folder: String) throws(DatasetError) -> Writer {
        var count = WriteBatch()
        count.set(SampleKey.count, to: Array("0".utf8))
        count.set(SampleKey.checksum, to: Array(DatasetChecksum().description.utf8))
        return try asDatasetError { () throws(LMDBError) in
            var writer = try Writer(writing: folder)
            try writer.commit(count)
            return writer
        }
    }

    /// Whether enough samples wait to be worth a commit.
    public var isBatchFull: Bool { batch.byteCount >= Self.batchBytes }

    /// Appends one sample; the image's bytes are stored as they are.
    ///
    /// - Parameters:
    ///   - image: The encoded image.
    ///   - label: The text that it shows.
    ///   - lexicon: The words among which the text is known to be, parted by spaces; where there are any.
    public mutating func append(image: [UInt8], label: String, lexicon: String? = nil) throws(DatasetError) {
        try append(image: image, ImageDigest(of: image), label: label, lexicon: lexicon)
    }

    /// Appends one sample whose image was hashed already.
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

    /// Appends the sample at `index` of another set as it is stored there.
    public mutating func append(_ index: Int, of dataset: LMDBDataset) throws {
        let sample = try dataset[index]
        try append(image: sample.bytes, label: sample.label, lexicon: try dataset.lexicon(index))
    }

    /// Commits what was appended so far.
    ///
    /// - Parameter note: Where the source stands, for who goes on after an interruption; it leaves the set when that
    ///   is finished.
    public mutating func commit(note: String? = nil) throws(DatasetError) {
        batch.set(SampleKey.count, to: Array(String(count).utf8))
        batch.set(SampleKey.checksum, to: Array(checksum.description.utf8))
        if let note {
            batch.set(SampleKey.progress, to: Array(note.utf8))
            hasNote = true
        }
        try write()
    }

    private mutating func write() throws(DatasetError) {
        do throws(LMDBError) { try writer.commit(batch) } catch { throw .storage(error) }
        batch = WriteBatch()
    }

    /// Commits the rest and gives the set its name.
    public consuming func finish() throws(DatasetError) {
        try commit()
        try place.finish()
        guard hasNote else { return }
        // Only now: a run that is killed before the set has its name can still be gone on with.
        batch.remove(SampleKey.progress)
        try write()
    }

    /// Removes what was built.
    public consuming func discard() { place.discard() }
}

/// What an interrupted run left behind.
private struct UnfinishedState {
    let count: Int
    let checksum: DatasetChecksum
    let note: String?

    /// Reads the folder; nil where no sample was begun.
    init?(in folder: String) throws(DatasetError) {
        guard Folder(folder + "/data.mdb").exists else { return nil }
        let environment = try asDatasetError { () throws(LMDBError) in try Environment(reading: folder) }
        try asDatasetError { () throws(LMDBError) in try environment.check() }
        let snapshot = try asDatasetError { () throws(LMDBError) in try environment.snapshot() }
        func text(_ key: String) throws(DatasetError) -> String? {
            let bytes = try asDatasetError { () throws(LMDBError) in try snapshot.value(for: key) }
            return bytes.map { String(decoding: $0, as: UTF8.self) }
        }
        guard let count = try text(SampleKey.count) else { return nil }
        guard let count = Int(count),
            let checksum = try text(SampleKey.checksum).flatMap(DatasetChecksum.init)
        else { throw .unfinished(folder) }
        (self.count, self.checksum, note) = (count, checksum, try text(SampleKey.progress))
    }
}
