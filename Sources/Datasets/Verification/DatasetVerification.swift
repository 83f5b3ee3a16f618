/// The result of verifying a data set.
public struct DatasetVerification: Sendable {
    /// The number of samples examined.
    public let samples: Int
    /// The checksum that is stored in the data set; nil if there is none.
    public let declared: DatasetChecksum?
    /// The checksum of the content.
    public internal(set) var checksum = DatasetChecksum()
    /// The number of problems of each kind.
    public internal(set) var counts: [DatasetProblem.Kind: Int] = [:]
    /// The indices of the samples that cannot be used, even with a repaired label.
    public internal(set) var unusable: Set<Int> = []

    /// The number of problems.
    public var problems: Int { counts.values.reduce(0, +) }

    init(samples: Int, declared: DatasetChecksum?) { (self.samples, self.declared) = (samples, declared) }
}
