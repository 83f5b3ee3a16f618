internal import LMDB

/// Builds a data set in LMDB.
///
/// It grows in a folder beside the output that is named `OUTPUT.unfinished`, and takes the output's name when it
/// is finished. Every commit is synced and brings `num-samples` up to date, so that a run which is killed at any
/// moment leaves a readable set of complete samples under the unfinished name, and an earlier set untouched.
public struct DatasetWriter: ~Copyable {
    /// What the name of a set that is not finished ends in.
    public static let unfinishedEnding = ".unfinished"

    /// The folder that the set will be.
    public let output: String
    /// The number of samples appended.
    public private(set) var count = 0

    private let place: BuildingPlace
    private var writer: Writer
    private var batch = WriteBatch()

    /// Bytes after which a batch is committed.
    private static let batchBytes = 1 << 22

    /// Begins a data set.
    ///
    /// - Parameters:
    ///   - output: The folder to make; its parents are made where they are missing.
    ///   - replacing: Whether a data set that exists there is replaced (at the end), and what an interrupted run
    ///     left behind is removed (now). Folders that hold anything else are never removed.
    public init(_ output: String, replacing: Bool = false) throws(DatasetError) {
        let place = try BuildingPlace(output: output, replacing: replacing)
        writer = try Self.begun(in: place.unfinished)
        self.output = place.output
        self.place = place
    }

    /// A writer for a set that has no samples yet.
    private static func begun(in folder: String) throws(DatasetError) -> Writer {
        var count = WriteBatch()
        count.set(SampleKey.count, to: Array("0".utf8))
        return try asDatasetError { () throws(LMDBError) in
            var writer = try Writer(writing: folder)
            try writer.commit(count)
            return writer
        }
    }

    /// Appends one sample; the image's bytes are stored as they are.
    public mutating func append(image: [UInt8], label: String) throws(DatasetError) {
        batch.set(SampleKey.image(count), to: image)
        batch.set(SampleKey.label(count), to: Array(label.utf8))
        count += 1
        if batch.byteCount >= Self.batchBytes { try commit() }
    }

    /// Commits what was appended so far.
    public mutating func commit() throws(DatasetError) {
        batch.set(SampleKey.count, to: Array(String(count).utf8))
        do throws(LMDBError) { try writer.commit(batch) } catch { throw .storage(error) }
        batch = WriteBatch()
    }

    /// Commits the rest and gives the set its name.
    public consuming func finish() throws(DatasetError) {
        try commit()
        try place.finish()
    }

    /// Removes what was built.
    public consuming func discard() { place.discard() }
}
