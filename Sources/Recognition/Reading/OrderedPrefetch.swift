import Files
import Foundation
internal import Requirements

/// Transforms the elements of a sequence on background threads, some of them ahead of the consumer, and returns the
/// results in the order of the sequence.
///
/// The threads have a lower priority than the consumer's, so that preparing data does not slow down the computation
/// that waits for it. If the system starts no thread, the consumer's thread does the work. Dropping the object ends the
/// threads once their current elements are transformed.
public final class OrderedPrefetch<Inputs: Sequence, Output: Sendable>: Sendable
where Inputs.Iterator: Sendable {
    private let queue: PrefetchQueue<Inputs.Iterator, Output>
    private let hasThreads: Bool

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - inputs: What to transform. Its iterator runs on the background threads, on one at a time, and is not called
    ///     again after its end.
    ///   - workers: The number of threads, at least 1.
    ///   - lookahead: The greatest number of elements, at least 1, that are begun and not yet taken; it bounds memory.
    ///   - transform: The work for one element; called on several threads at once.
    public init(
        _ inputs: Inputs, workers: Int, lookahead: Int,
        transform: @escaping @Sendable (Inputs.Element) -> Output
    ) {
        require(workers > 0 && lookahead > 0, "\(workers) workers, \(lookahead) ahead")
        let queue = PrefetchQueue(inputs.makeIterator(), lookahead, transform)
        self.queue = queue
        hasThreads = (0..<workers).count { _ in BackgroundThread.start { queue.work() } } > 0
    }

    deinit { queue.stop() }

    /// Waits for the next result and returns it; nil after the last one.
    public func next() -> Output? { hasThreads ? queue.take() : queue.make() }
}

/// The state that the threads and the consumer share.
///
/// `@unchecked Sendable`: every variable is used only while `condition` is locked, except the inputs, which are used
/// only while `order` is.
private final class PrefetchQueue<Inputs: IteratorProtocol, Output: Sendable>: @unchecked Sendable {
    private var inputs: Inputs
    private let transform: @Sendable (Inputs.Element) -> Output
    private let lookahead: Int
    private let order = NSLock()
    private let condition = NSCondition()
    private var results: [Int: Output] = [:]
    private var begun = 0
    private var taken = 0
    private var isEnded = false

    init(
        _ inputs: Inputs, _ lookahead: Int,
        _ transform: @escaping @Sendable (Inputs.Element) -> Output
    ) {
        (self.inputs, self.lookahead, self.transform) = (inputs, lookahead, transform)
    }

    /// The loop of each thread.
    func work() {
        lowerPriority()
        while let (index, input) = nextInput() {
            let result = transform(input)
            condition.withLock {
                results[index] = result
                condition.broadcast()
            }
        }
    }

    /// Removes and returns the earliest result that is not yet taken.
    func take() -> Output? {
        condition.withLock {
            while results[taken] == nil, !isEnded || taken < begun { condition.wait() }
            guard let result = results.removeValue(forKey: taken) else { return nil }
            taken += 1
            condition.broadcast()
            return result
        }
    }

    /// Transforms the next element on the caller's thread, if there is no other.
    func make() -> Output? {
        guard let (_, input) = nextInput() else { return nil }
        condition.withLock { taken += 1 }
        return transform(input)
    }

    /// Begins no further element.
    func stop() {
        condition.withLock {
            isEnded = true
            condition.broadcast()
        }
    }

    /// The next element and its number, once there is room for its result.
    private func nextInput() -> (index: Int, input: Inputs.Element)? {
        order.withLock {
            guard waitForRoom() else { return nil }
            guard let input = inputs.next() else {
                stop()
                return nil
            }
            return condition.withLock {
                begun += 1
                return (begun - 1, input)
            }
        }
    }

    /// False if no further element may begin.
    private func waitForRoom() -> Bool {
        condition.withLock {
            while !isEnded, begun - taken >= lookahead { condition.wait() }
            return !isEnded
        }
    }
}

/// Lets other threads of the process run first.
private func lowerPriority() {
    #if os(Linux)
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5)
    #else
        Thread.current.qualityOfService = .utility
    #endif
}
