internal import Foundation
internal import LMDB

/// The keys that a data set has, counted by kind; `num-samples` is not used.
struct KeyStatistics {
    /// The indices in the keys of images and labels.
    private(set) var indices = IndexSet()
    /// One more than the highest of these indices.
    var end: Int { indices.last.map { $0 + 1 } ?? 0 }
    /// The number of lexicons.
    private(set) var lexicons = 0
    /// The number of keys that only this toolkit writes.
    private(set) var ownKeys = 0
    /// The first keys that belong to no sample.
    private(set) var strays: [String] = []
    /// The number of keys that belong to no sample.
    private(set) var strayCount = 0

    /// The number of strays that are kept by name.
    private static let strayLimit = 1000

    private let scheme: KeyScheme

    /// Counts the keys of a data set.
    init(of dataset: LMDBDataset) throws(DatasetError) {
        let snapshot = try dataset.snapshot()
        try self.init(snapshot, dataset.scheme)
    }

    /// Counts the keys of a snapshot.
    init(_ snapshot: borrowing Transaction, _ scheme: KeyScheme) throws(DatasetError) {
        self.scheme = scheme
        do throws(LMDBError) {
            try snapshot.forEachKey { key in
                add(key)
                return true
            }
        } catch { throw .storage(error) }
    }

    private mutating func add(_ key: String) {
        switch SampleKey(key, scheme) {
        case .image(let index), .label(let index): indices.insert(index)
        case .lexicon: lexicons += 1
        case .other(SampleKey.count): break
        case .other(SampleKey.checksum), .other(SampleKey.progress): ownKeys += 1
        case .other(let stray):
            strayCount += 1
            if strays.count < Self.strayLimit { strays.append(stray) }
        }
    }
}
