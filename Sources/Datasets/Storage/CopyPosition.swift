internal import Files
internal import LMDB

/// How far a command has copied samples into a new data set. It is stored with each commit, so that the same command
/// can resume after an interruption.
public struct CopyPosition: Sendable {
    /// The number of samples of the source that have been processed.
    public var taken: Int
    /// A text that differs for other sources and other options.
    public let source: String

    /// The position at which the interrupted run stopped, or the beginning if `writer` resumes none.
    ///
    /// - Throws: ``DatasetError/staging(_:)`` if the run was started from another source.
    public init(in writer: borrowing DatasetWriter, of source: String) throws(DatasetError) {
        self.source = source
        guard writer.count > 0 || writer.resumedNote != nil else {
            taken = 0
            return
        }
        guard let note = writer.resumedNote.flatMap(Self.parsed), note.source == source else {
            throw .staging(.otherSource(writer.output + StagingDirectory.suffix))
        }
        taken = note.taken
    }

    /// The text that is stored.
    public var note: String { "\(taken) \(source)" }

    private static func parsed(_ note: String) -> (taken: Int, source: String)? {
        let parts = note.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let taken = Int(parts[0]), taken >= 0 else { return nil }
        return (taken, String(parts[1]))
    }
}

extension LMDBDataset {
    /// A text that differs for other data sets and after every change: the path, the number of the last commit, and the
    /// checksum if there is one.
    public func fingerprint() throws(DatasetError) -> String {
        "\(path) \(try snapshot().number) \(checksum?.description ?? "")"
    }
}

extension DatasetWriter {
    /// Resumes the interrupted run of a copying command or begins one; or starts over and replaces what is there.
    public static func copying(to output: String, replacing: Bool) throws(DatasetError) -> DatasetWriter {
        var writer = try replacing ? DatasetWriter(output, replacing: true) : DatasetWriter(resuming: output)
        writer.commitsFullBatches = false
        return writer
    }

    /// Commits the appended samples with the position, if they fill a batch or the last commit is seconds ago.
    public mutating func commitIfDue(at position: CopyPosition) throws(DatasetError) {
        if isCommitDue { try commit(note: position.note) }
    }

    /// Commits the remaining samples with the position, and renames the folder to `output`.
    public consuming func finish(at position: CopyPosition) throws(DatasetError) {
        try commit(note: position.note)
        try finish()
    }
}
