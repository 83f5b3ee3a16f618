/// Which synthetic images a training uses, and how many.
public struct SyntheticImageSettings: Sendable, Hashable, Codable {
    /// The path of a configuration, or the name of a preset, that determines looks and texts.
    public var source: String
    /// Another seed gives other images.
    public var seed: UInt64 = 1
    /// The synthetic share of all training images, above 0 and below 1; 1 if there are no data sets.
    public var share = 1.0
    /// The number of images of an epoch if there are no data sets.
    public var samplesPerEpoch = 10_000
    /// The number of images that are held out for validation if no other data is.
    public var heldOutCount = 500

    /// The names in the configuration of a run.
    private enum CodingKeys: String, CodingKey {
        case source, seed, share
        case samplesPerEpoch = "epochCount"
        case heldOutCount = "heldBackCount"
    }

    /// Creates settings for synthetic images of `source` only.
    public init(_ source: String) { self.source = source }

    /// The number of synthetic images of an epoch with `stored` images of data sets.
    func count(withStored stored: Int) -> Int {
        guard share < 1 else { return samplesPerEpoch }
        return stored == 0 ? 0 : max(1, Int((Double(stored) * share / (1 - share)).rounded()))
    }
}
