/// How a training ended.
public struct TrainingSummary: Sendable {
    /// Why it ended.
    public let ending: Ending
    /// The number of steps of the whole run.
    public let steps: Int
    /// The duration of the whole training in seconds.
    public let seconds: Double
    /// The best validation; nil if there was none.
    public let best: BestValidation?
    /// The number of samples that could not be trained on.
    public let excluded: Int

    /// Why a training ended.
    public enum Ending: String, Sendable {
        /// All epochs or steps are done.
        case finished
        /// Validations have not become better for a while.
        case stoppedEarly
        /// A person or the system stopped it.
        case interrupted
    }
}
