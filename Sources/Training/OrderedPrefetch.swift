import Foundation

/// Does jobs on background threads, some ahead of their consumer, and hands over the results in the jobs' order.
///
/// The threads run at a lower priority than the one that consumes, so that preparing data never takes the
/// processor from the computation that waits for it. Dropping the object ends the threads once their running
/// jobs are done.
public final class OrderedPrefetch<Output: Sendable>: Sendable {
    /// A piece of work.
    public typealias Job = @Sendable () -> Output

    private let queue: PrefetchQueue<Output>

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - workers: How many threads work, at least 1.
    ///   - lookahead: The greatest number of jobs that are begun and not yet taken, at least 1: bounds memory.
    ///   - next: Yields the next job, or nil at the end. Called in order, by one thread at a time, on the
    ///     background threads, and not again after the end.
    public init(workers: Int, lookahead: Int, next: @escaping @Sendable () -> Job?) {
        precondition(workers > 0 && lookahead > 0, "\(workers) workers, \(lookahead) ahead")
        let queue = PrefetchQueue(lookahead: lookahead, source: next)
        self.queue = queue
        for _ in 0..<workers { Thread.detachNewThread { queue.work() } }
    }

    deinit { queue.stop() }

    /// The next result in the order of jobs; waits for it. Nil after the last one.
    public func next() -> Output? { queue.take() }
}

/// What the threads and the consumer share.
///
/// `@unchecked Sendable`: every variable is touched only while `condition` is locked, the source only while
/// `order` is.
private final class PrefetchQueue<Output: Sendable>: @unchecked Sendable {
    private let lookahead: Int
    private let source: @Sendable () -> OrderedPrefetch<Output>.Job?
    private let order = NSLock()
    private let condition = NSCondition()
    private var results: [Int: Output] = [:]
    private var begun = 0
    private var taken = 0
    private var isEnded = false

    init(lookahead: Int, source: @escaping @Sendable () -> OrderedPrefetch<Output>.Job?) {
        (self.lookahead, self.source) = (lookahead, source)
    }

    /// A worker's life.
    func work() {
        lowerPriority()
        while let (index, job) = nextJob() {
            let result = job()
            condition.withLock {
                results[index] = result
                condition.broadcast()
            }
        }
    }

    /// The result of the earliest job that is not yet taken.
    func take() -> Output? {
        condition.withLock {
            while results[taken] == nil, !isEnded || taken < begun { condition.wait() }
            guard let result = results.removeValue(forKey: taken) else { return nil }
            taken += 1
            condition.broadcast()
            return result
        }
    }

    /// Lets no further job begin.
    func stop() {
        condition.withLock {
            isEnded = true
            condition.broadcast()
        }
    }

    /// The next job and its place, once there is room for its result.
    private func nextJob() -> (index: Int, job: OrderedPrefetch<Output>.Job)? {
        order.withLock {
            guard waitForRoom() else { return nil }
            guard let job = source() else {
                stop()
                return nil
            }
            return condition.withLock {
                begun += 1
                return (begun - 1, job)
            }
        }
    }

    /// False where no further job may begin.
    private func waitForRoom() -> Bool {
        condition.withLock {
            while !isEnded, begun - taken >= lookahead { condition.wait() }
            return !isEnded
        }
    }
}

/// Makes way for other threads of the process.
private func lowerPriority() {
    #if os(Linux)
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5)
    #else
        Thread.current.qualityOfService = .utility
    #endif
}
