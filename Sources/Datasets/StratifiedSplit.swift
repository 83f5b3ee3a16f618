internal import Requirements

/// A random split of a data set into a training part and held-out parts. Every symbol of the labels remains in the
/// training part, and samples with the same image stay together.
public struct StratifiedSplit: Sendable {
    /// The indices of the training samples, ascending.
    public private(set) var training: [Int] = []
    /// The indices of the samples of each held-out part, ascending.
    public private(set) var heldOut: [[Int]] = []

    /// The number of training samples in which each symbol occurs.
    private var occurrences: [Character: Int] = [:]

    /// Splits the samples of `dataset`. Equal shares and an equal state of `generator` give equal parts.
    ///
    /// The only remaining sample with some symbol is never held out. If there are many such samples, a held-out part
    /// can be smaller than its share. Copies of one image, whatever their labels, are held out together or not at all.
    /// All images are read.
    ///
    /// - Parameters:
    ///   - dataset: The labelled images.
    ///   - shares: The share of the samples in each held-out part; their sum is below 1.
    ///   - generator: Determines the order in which samples are drawn.
    public init(
        of dataset: some LabelledImages, holdingOut shares: [Double],
        using generator: inout some RandomNumberGenerator
    ) throws {
        require(
            shares.allSatisfy { $0 >= 0 } && shares.reduce(0, +) < 1, "shares of \(shares) to hold out")
        let copies = try Self.copies(in: dataset)
        for index in 0..<dataset.count {
            for symbol in Set(try dataset.label(index)) { occurrences[symbol, default: 0] += 1 }
        }
        let repeated = Set(copies.values.joined())
        var waiting = (0..<dataset.count).shuffled(using: &generator).filter { !repeated.contains($0) }[...]
        for share in shares {
            let wanted = Int((share * Double(dataset.count)).rounded())
            var part: [Int] = []
            while part.count < wanted, let index = waiting.popFirst() {
                let group = [index] + copies[index, default: []]
                if part.count + group.count <= wanted, try release(group, of: dataset) {
                    part += group
                } else {
                    training += group
                }
            }
            heldOut.append(part.sorted())
        }
        training = (training + waiting.flatMap { [$0] + copies[$0, default: []] }).sorted()
    }

    /// The later samples with the image of each first one.
    private static func copies(in dataset: some LabelledImages) throws -> [Int: [Int]] {
        var search = DuplicateSearch()
        for index in 0..<dataset.count {
            try unsafe dataset.withSample(index) { bytes, _ in
                search.add(unsafe ImageDigest(of: bytes), at: index)
            }
        }
        return Dictionary(uniqueKeysWithValues: try search.groups(in: dataset).map { ($0.first, $0.others) })
    }

    /// Takes samples out of the training part together; returns false if one of their symbols would be lost.
    private mutating func release(_ group: [Int], of dataset: some LabelledImages) throws -> Bool {
        var symbols: [Character: Int] = [:]
        for index in group {
            for symbol in Set(try dataset.label(index)) { symbols[symbol, default: 0] += 1 }
        }
        guard symbols.allSatisfy({ occurrences[$0.key, default: 0] > $0.value }) else { return false }
        for (symbol, count) in symbols { occurrences[symbol, default: 0] -= count }
        return true
    }
}
