internal import LMDB

/// Which keys a set has, whatever `num-samples` says.
struct KeyCensus {
    /// How many samples the keys of images and labels reach to.
    private(set) var reach = 0
    /// Keys of lexicons.
    private(set) var lexicons = 0
    /// Keys of this toolkit.
    private(set) var ownKeys = 0
    /// The first keys that belong to no sample, and how many there are.
    private(set) var strays: [String] = []
    private(set) var strayCount = 0

    /// How many strays are named.
    private static let listed = 1000

    /// Looks at all keys of a set.
    init(of dataset: LMDBDataset) throws(DatasetError) {
        let snapshot = try dataset.snapshot()
        try self.init(snapshot)
    }

    /// Looks at all keys of a snapshot.
    init(_ snapshot: borrowing Transaction) throws(DatasetError) {
        do throws(LMDBError) {
            try snapshot.forEachKey { key in
                add(key)
                return true
            }
        } catch { throw .storage(error) }
    }

    private mutating func add(_ key: String) {
        switch SampleKey(key) {
        case .image(let index), .label(let index): reach = max(reach, index + 1)
        case .lexicon: lexicons += 1
        case .other(SampleKey.count): break
        case .other(SampleKey.checksum), .other(SampleKey.progress): ownKeys += 1
        case .other(let stray):
            strayCount += 1
            if strays.count < Self.listed { strays.append(stray) }
        }
    }
}
