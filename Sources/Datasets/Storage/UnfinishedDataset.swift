internal import Files
internal import LMDB

/// The state of the data set that an interrupted run left behind.
struct UnfinishedDataset {
    let count: Int
    let checksum: DatasetChecksum
    /// The writer's note on its progress.
    let note: String

    /// Reads the data set in `folder`; nil if it contains none yet. Throws if it has no note, and cannot be resumed.
    init?(in folder: String) throws(DatasetError) {
        guard FileStatus(at: folder + "/data.mdb") != nil else { return nil }
        let snapshot = try Environment.opened(folder).datasetSnapshot()
        func text(_ key: String) throws(DatasetError) -> String? {
            try snapshot.bytes(for: key).map { String(decoding: $0, as: UTF8.self) }
        }
        guard let count = try text(SampleKey.count) else { return nil }
        let state = WritingState(try snapshot.bytes(for: SampleKey.progress))
        if count == "0", state == .unfinished(note: nil) { return nil }
        guard let count = Int(count), let note = state.note,
            let checksum = try text(SampleKey.checksum).flatMap(DatasetChecksum.init)
        else { throw .staging(.unfinished(folder)) }
        (self.count, self.checksum, self.note) = (count, checksum, note)
    }
}
