internal import Requirements

/// A random split of a data set into a training part and held-out parts. Every symbol of the labels remains in the
/// training part.
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
    /// can be smaller than its share.
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
        for index in 0..<dataset.count {
            for symbol in Set(try dataset.label(index)) { occurrences[symbol, default: 0] += 1 }
        }
        var waiting = (0..<dataset.count).shuffled(using: &generator)[...]
        for share in shares {
            let wanted = Int((share * Double(dataset.count)).rounded())
            var part: [Int] = []
            while part.count < wanted, let index = waiting.popFirst() {
                if try release(index, of: dataset) { part.append(index) } else { training.append(index) }
            }
            heldOut.append(part.sorted())
        }
        training = (training + waiting).sorted()
    }

    /// Takes a sample out of the training part; returns false if one of its symbols would be lost.
    private mutating func release(_ index: Int, of dataset: some LabelledImages) throws -> Bool {
        let symbols = Set(try dataset.label(index))
        guard symbols.allSatisfy({ occurrences[$0, default: 0] > 1 }) else { return false }
        for symbol in symbols { occurrences[symbol, default: 0] -= 1 }
        return true
    }
}
