import Datasets

/// The samples of a run that are copies of each other: the same image with the same label, in one data set or in several.
struct SampleCopies {
    private let groups: [Int: [Int]]
    private let shared: [SharedSamples]
    private let datasets: ConcatenatedDataset<LMDBDataset>
    private let trainingSets: Int

    /// The number of warnings about pairs of data sets; further pairs are counted.
    private static let listed = 5

    init(training: [LMDBDataset], validation: [LMDBDataset]) {
        trainingSets = training.count
        datasets = ConcatenatedDataset(training + validation)
        let copies = CopySearch(in: datasets)
        shared = SharedSamples.all(among: copies, in: datasets)
        groups = Dictionary(
            uniqueKeysWithValues: copies.groups.flatMap { group in group.map { ($0, group) } })
    }

    /// The first `count` of the samples in `order`; copies of one sample are taken together or not at all.
    ///
    /// - Parameters:
    ///   - count: The number of samples; fewer are taken if the copies of the last ones would exceed it.
    ///   - order: All indices of the training sets.
    /// - Returns: The indices, ascending.
    func first(_ count: Int, of order: [Int]) -> [Int] {
        var taken: Set<Int> = []
        for index in order where taken.count < count && !taken.contains(index) {
            let group = groups[index, default: [index]].filter { $0 < order.count }
            if taken.count + group.count <= count { taken.formUnion(group) }
        }
        return taken.sorted()
    }

    /// For each two data sets with common samples, what that means and what to do.
    var warnings: [String] {
        let pairs = shared.filter { $0.pair[0] < trainingSets }
        let more = pairs.count - Self.listed
        return pairs.prefix(Self.listed).map(warning)
            + (more > 0 ? ["\(more) further pairs of data sets have samples in common"] : [])
    }

    private func warning(about common: SharedSamples) -> String {
        let (first, second) = (datasets.parts[common.pair[0]].path, datasets.parts[common.pair[1]].path)
        let fact = "\(second) contains \(common.count) samples of \(first), such as \(common.example[1].key)"
        return common.pair[1] < trainingSets
            ? "\(fact). They are trained on twice; train on one of the two data sets"
            : "\(fact), which are trained on. Scores on them are too good; validate on other samples"
    }
}
