/// Groups of samples that are copies of each other: the same label with the same image.
///
/// Sixteen bytes are kept for each sample. Only labels and the sizes of images are read, and of the images of equal
/// label and size a few bytes in the middle and at the end, where a PNG has its checksums. So a large data set is
/// searched in seconds.
public struct CopySearch: Sendable {
    /// The indices of copies, ascending in each group; the groups are ordered by their first sample.
    public let groups: [[Int]]

    private struct Entry {
        let hash: UInt64
        let index: Int
    }

    /// The number of bytes that are compared at each place of an image.
    private static let probe = 64

    /// Searches the readable samples of `dataset`.
    public init(in dataset: some LabelledImages) {
        var entries: [Entry] = []
        entries.reserveCapacity(dataset.count)
        for index in 0..<dataset.count {
            let hash = try? unsafe dataset.withSample(index) { bytes, label in Self.hash(label, bytes.count) }
            if let hash { entries.append(Entry(hash: hash, index: index)) }
        }
        entries.sort { ($0.hash, $0.index) < ($1.hash, $1.index) }
        groups = Self.runs(of: entries).flatMap { Self.copies(among: $0, in: dataset) }
            .sorted { $0[0] < $1[0] }
    }

    /// The FNV-1a hash of a label and the size of its image (Fowler, Noll, Vo 1991).
    private static func hash(_ label: String, _ size: Int) -> UInt64 {
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }
        return [bytes[...], Array(label.utf8)[...]].joined().reduce(0xcbf2_9ce4_8422_2325) { hash, byte in
            (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
    }

    /// The indices of at least two consecutive entries with the same hash.
    private static func runs(of entries: [Entry]) -> [[Int]] {
        var runs: [[Int]] = []
        var start = 0
        while start < entries.count {
            let end = entries[start...].firstIndex { $0.hash != entries[start].hash } ?? entries.count
            if end - start > 1 { runs.append(entries[start..<end].map(\.index)) }
            start = end
        }
        return runs
    }

    /// Groups candidates by their labels and a few bytes of their images.
    private static func copies(among candidates: [Int], in dataset: some LabelledImages) -> [[Int]] {
        var groups: [[UInt8]: [Int]] = [:]
        for index in candidates {
            let sign = try? unsafe dataset.withSample(index) { bytes, label in
                let middle = bytes.count / 2
                return unsafe Array(label.utf8) + [0] + bytes[middle..<min(middle + probe, bytes.count)]
                    + bytes.suffix(probe)
            }
            if let sign { groups[sign, default: []].append(index) }
        }
        return groups.values.filter { $0.count > 1 }
    }
}
