/// A random division of a data set into a part to learn from and parts that are held back, such that every symbol of
/// the labels stays in the part to learn from.
public struct StratifiedSplit: Sendable {
    /// The samples to learn from, in their order.
    public private(set) var training: [Int] = []
    /// The samples of each part that is held back, in their order.
    public private(set) var heldBack: [[Int]] = []

    /// In how many samples to learn from each symbol occurs.
    private var occurrences: [Character: Int] = [:]

    /// Divides the samples of `dataset`; equal shares and the same state of `generator` give the same parts.
    ///
    /// A sample that alone shows a symbol is never held back: where there are many of them, parts can be smaller than
    /// asked for.
    ///
    /// - Parameters:
    ///   - dataset: The labelled images.
    ///   - shares: The share of samples of each part to hold back; together below 1.
    ///   - generator: Decides the order in which samples are drawn.
    public init(
        of dataset: some LabelledImages, holdingBack shares: [Double],
        using generator: inout some RandomNumberGenerator
    ) throws {
        precondition(
            shares.allSatisfy { $0 >= 0 } && shares.reduce(0, +) < 1, "shares of \(shares) to hold back")
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
            heldBack.append(part.sorted())
        }
        training = (training + waiting).sorted()
    }

    /// Takes a sample from those to learn from; false where one of its symbols would be lost.
    private mutating func release(_ index: Int, of dataset: some LabelledImages) throws -> Bool {
        let symbols = Set(try dataset.label(index))
        guard symbols.allSatisfy({ occurrences[$0, default: 0] > 1 }) else { return false }
        for symbol in symbols { occurrences[symbol, default: 0] -= 1 }
        return true
    }
}
