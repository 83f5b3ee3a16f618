import Files
import Synchronization

extension Trainer {
    /// Trains on a thread of its own, so that no thread of Swift concurrency waits. If the task is cancelled, a checkpoint
    /// is written and training stops, as by `shouldStop` of ``train(shouldStop:report:)``.
    ///
    /// - Parameter report: Receives the events, on the training's thread.
    /// - Returns: The trainer after the training, and how it ended.
    /// - Throws: What ``train(shouldStop:report:)`` throws; `ThreadError` if the system starts no thread.
    public func trained(
        report: @escaping @Sendable (TrainingEvent) -> Void = { _ in }
    ) async throws -> (trainer: Trainer, summary: TrainingSummary) {
        let cancellation = Cancellation()
        return try await withTaskCancellationHandler {
            try await BackgroundThread.run {
                var trainer = self
                let summary = try trainer.train(shouldStop: { cancellation.isRequested }, report: report)
                return (trainer, summary)
            }
        } onCancel: {
            cancellation.request()
        }
    }
}

private final class Cancellation: Sendable {
    private let flag = Atomic(false)

    var isRequested: Bool { flag.load(ordering: .relaxed) }

    func request() { flag.store(true, ordering: .relaxed) }
}
