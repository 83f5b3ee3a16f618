internal import Foundation

/// A thread that the process starts for work that is not Swift concurrency.
public enum BackgroundThread {
    /// Runs `body` on a new thread. Returns false, without waiting, if the system starts no thread: limits of processes
    /// (`ulimit -u`) or of memory (`ulimit -v`) are reached.
    public static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let work = unsafe Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        let status = unsafe pthread_create(
            &thread, nil,
            { argument in
                if let argument = unsafe argument {
                    unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                }
                return nil
            }, unsafe work.toOpaque())
        guard status == 0 else {
            unsafe work.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    /// Runs `body` on a new thread and waits for its result without occupying a thread of Swift concurrency.
    ///
    /// - Throws: What `body` throws; ``ThreadError`` if the system starts no thread.
    public static func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws
        -> Result
    {
        try await withCheckedThrowingContinuation { continuation in
            let isStarted = start { continuation.resume(with: Swift.Result { try body() }) }
            if !isStarted { continuation.resume(throwing: ThreadError()) }
        }
    }

    private final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
}

/// Thrown if the system starts no thread.
public struct ThreadError: Error, Sendable, CustomStringConvertible {
    /// Creates the error.
    public init() {}

    /// The reason and what to do, for people.
    public var description: String {
        "the system starts no more threads for this user or process; end other processes, or raise the limit "
            + "(ulimit -u, ulimit -v)"
    }
}
