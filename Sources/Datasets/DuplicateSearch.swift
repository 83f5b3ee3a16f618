/// Finds images that several samples share.
///
/// Sixteen bytes are kept for each sample; what seems equal is compared byte by byte.
public struct DuplicateSearch: Sendable {
    /// Samples that share an image.
    public struct Group: Sendable, Equatable {
        /// The first of them.
        public let first: Int
        /// The others in their order.
        public let others: [Int]
    }

    private struct Entry {
        let prefix: UInt64
        let index: UInt32
    }

    private var entries: [Entry] = []

    /// A search among no samples.
    public init() {}

    /// Adds the sample at `index`.
    public mutating func add(_ image: ImageDigest, at index: Int) {
        entries.append(Entry(prefix: image.prefix, index: UInt32(truncatingIfNeeded: index)))
    }

    /// Adds the samples of another search.
    mutating func add(_ other: DuplicateSearch) { entries += other.entries }

    /// The samples of `dataset`, to which the indices belong, that share an image; in the order of their first one.
    public consuming func groups(in dataset: some LabelledImages) throws -> [Group] {
        entries.sort { ($0.prefix, $0.index) < ($1.prefix, $1.index) }
        var groups: [Group] = []
        var start = 0
        while start < entries.count {
            var end = start + 1
            while end < entries.count, entries[end].prefix == entries[start].prefix { end += 1 }
            if end - start > 1 {
                groups += try Self.groups(entries[start..<end].map { Int($0.index) }, in: dataset)
            }
            start = end
        }
        return groups.sorted { $0.first < $1.first }
    }

    /// Parts candidates by their whole content.
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

extension DuplicateSearch.Group {
    /// What to say of the samples that repeat the first one's image, each with the samples that cannot be kept: of
    /// equal labels the first stays; where labels differ none can be trusted.
    func repetitions(in dataset: LMDBDataset) throws -> [(problem: DatasetProblem, unusable: [Int])] {
        let label = try dataset.label(first), key = dataset.key(first)
        return try others.map { index in
            let other = try dataset.label(index)
            let isSame = other.utf8.elementsEqual(label.utf8)
            let detail =
                isSame
                ? "image and label are those of \(key)"
                : "the image is that of \(key), labelled \(quoted(label)) there and \(quoted(other)) here"
            let kind = isSame ? DatasetProblem.Kind.duplicate : .conflictingLabels
            return (
                DatasetProblem(key: dataset.key(index), kind: kind, detail: detail),
                isSame ? [index] : [first, index]
            )
        }
    }
}

/// The samples of a data set whose image an earlier sample has, too: duplicates and conflicting labels.
public func repetitions(
    in dataset: LMDBDataset, progress: (Int) -> Void = { _ in }
) throws -> [DatasetProblem] {
    var search = DuplicateSearch()
    for index in 0..<dataset.count {
        try unsafe dataset.withSample(index) { bytes, _ in
            search.add(unsafe ImageDigest(of: bytes), at: index)
        }
        progress(index + 1)
    }
    return try search.groups(in: dataset).flatMap { try $0.repetitions(in: dataset).map(\.problem) }
}
