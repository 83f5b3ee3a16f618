/// Samples that two data sets have in common.
public struct SharedSamples: Sendable, Equatable {
    /// The positions of the two data sets in the list that was searched, ascending.
    public let pair: [Int]
    /// The number of samples of the second one that the first one contains, too.
    public internal(set) var count: Int
    /// One of these samples in each of the two.
    public let example: [SampleName]

    /// Finds what each two of the parts have in common.
    ///
    /// - Parameters:
    ///   - copies: The copies in `datasets`.
    ///   - datasets: Data sets, one after the other.
    /// - Returns: One element for each pair with common samples, ordered by the pair.
    public static func all(
        among copies: CopySearch, in datasets: ConcatenatedDataset<some LabelledImages>
    ) -> [SharedSamples] {
        var found: [[Int]: SharedSamples] = [:]
        for group in copies.groups {
            let parts = Dictionary(grouping: group) { datasets.location(of: $0).part }
            for (first, other) in pairs(parts.keys.sorted()) {
                guard let members = parts[other], let one = parts[first]?.first else { continue }
                let example = [datasets.name(one), datasets.name(members[0])]
                found[
                    [first, other], default: SharedSamples(pair: [first, other], count: 0, example: example)
                ]
                .count += members.count
            }
        }
        return found.values.sorted { $0.pair.lexicographicallyPrecedes($1.pair) }
    }

    private static func pairs(_ numbers: [Int]) -> [(Int, Int)] {
        numbers.indices.flatMap { index in numbers[(index + 1)...].map { (numbers[index], $0) } }
    }
}
