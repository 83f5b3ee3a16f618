/// Finds samples with the same image.
///
/// Sixteen bytes are kept for each sample. Images whose digests begin alike are compared byte by byte.
public struct DuplicateSearch: Sendable {
    /// Samples with the same image.
    public struct Group: Sendable, Equatable {
        /// The index of the first sample.
        public let first: Int
        /// The indices of the other samples, ascending.
        public let others: [Int]
    }

    private struct Entry {
        let prefix: UInt64
        let index: Int
    }

    private var entries: [Entry] = []

    /// Creates a search without samples.
    public init() {}

    /// Adds the sample at `index`.
    public mutating func add(_ image: ImageDigest, at index: Int) {
        entries.append(Entry(prefix: image.prefix, index: index))
    }

    /// Adds the samples of another search.
    mutating func add(_ other: DuplicateSearch) { entries += other.entries }

    /// The groups of samples with the same image, ordered by their first sample.
    ///
    /// - Parameter dataset: The data set to which the indices belong.
    public consuming func groups(in dataset: some LabelledImages) throws -> [Group] {
        entries.sort { ($0.prefix, $0.index) < ($1.prefix, $1.index) }
        var groups: [Group] = []
        var start = 0
        while start < entries.count {
            var end = start + 1
            while end < entries.count, entries[end].prefix == entries[start].prefix { end += 1 }
            if end - start > 1 {
                groups += try Self.groups(entries[start..<end].map(\.index), in: dataset)
            }
            start = end
        }
        return groups.sorted { $0.first < $1.first }
    }

    /// Groups candidates by the bytes of their images.
    private static func groups(_ candidates: [Int], in dataset: some LabelledImages) throws -> [Group] {
        var clusters: [(bytes: [UInt8], members: [Int])] = []
        for index in candidates {
            try unsafe dataset.withSample(index) { bytes, _ in
                let known = clusters.firstIndex { unsafe bytes.elementsEqual($0.bytes) }
                if let known {
                    clusters[known].members.append(index)
                } else {
                    clusters.append((unsafe Array(bytes), [index]))
                }
            }
        }
        return clusters.filter { $0.members.count > 1 }.map {
            Group(first: $0.members[0], others: Array($0.members.dropFirst()))
        }
    }
}
