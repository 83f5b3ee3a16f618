/// Groups images, or whatever stands for them, into batches of one padded width.
public struct WidthBatcher<Element> {
    /// The elements of batches that are not full yet, by width.
    public private(set) var waiting: [Int: [Element]] = [:]
    private let limit: BatchLimit

    /// Creates an empty batcher.
    public init(limit: BatchLimit) { self.limit = limit }

    /// Adds an element. If the batch of its width is full now, removes and returns it.
    public mutating func append(_ element: Element, width: Int) -> [Element]? {
        insert(element, width: width)
        return waiting[width]?.count == limit.count(forWidth: width) ? take(width: width) : nil
    }

    /// Adds an element, and leaves it waiting even if its batch is full.
    public mutating func insert(_ element: Element, width: Int) {
        waiting[width, default: []].append(element)
    }

    /// Removes and returns the elements of one width.
    public mutating func take(width: Int) -> [Element] { waiting.removeValue(forKey: width) ?? [] }

    /// Removes and returns the elements of the smallest width; nil if none wait.
    public mutating func takeNarrowest() -> [Element]? { waiting.keys.min().map { take(width: $0) } }

    /// Removes and returns the elements of the greatest width and, until their batch is full, of the next widths down to
    /// half of it; nil if none wait.
    public mutating func takeWidest() -> [Element]? {
        guard let widest = waiting.keys.max() else { return nil }
        let count = limit.count(forWidth: widest)
        var batch: [Element] = []
        for width in waiting.keys.sorted(by: >) where 2 * width >= widest && batch.count < count {
            let elements = take(width: width)
            let rest = elements.dropFirst(count - batch.count)
            batch += elements.prefix(count - batch.count)
            if !rest.isEmpty { waiting[width] = Array(rest) }
        }
        return batch
    }
}

extension WidthBatcher: Sendable where Element: Sendable {}
