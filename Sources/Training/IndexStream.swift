import Synchronization

/// The numbers from 0 to a count, one after the other, for many threads.
final class IndexStream: Sendable {
    private let count: Int
    private let position = Mutex(0)

    init(count: Int) { self.count = count }

    /// The next number; nil at the end.
    func next() -> Int? {
        position.withLock { position in
            guard position < count else { return nil }
            defer { position += 1 }
            return position
        }
    }
}
