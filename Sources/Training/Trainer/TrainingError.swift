/// Why a training cannot start or continue.
public enum TrainingError: Error, CustomStringConvertible {
    /// There is no sample to train on.
    case nothingToLearn(reason: String)
    /// The loss or the gradient is not finite.
    case diverged(step: Int, quantity: String, place: String, samples: [String])
    /// A setting is out of range.
    case unusableSetting(reason: String)
    /// The folder of a new run contains a run already.
    case runExists(path: String)
    /// The run's folder cannot be used.
    case unusableRun(path: String, reason: String)

    /// The reason and what to do, for people.
    public var description: String {
        switch self {
        case .nothingToLearn(let reason): "there is nothing to train on: \(reason)"
        case .diverged(let step, let quantity, let place, let samples):
            "training diverged at step \(step): the \(quantity) is not finite, first in \(place). "
                + "The batch held \(samples.joined(separator: ", ")). "
                + "Try a lower learning rate or gradient limit, or look at these samples; the run can be resumed from "
                + "its last checkpoint"
        case .unusableSetting(let reason): "a setting of the training cannot be used: \(reason)"
        case .runExists(let path):
            "run \(path) already exists; resume it, replace it, or choose another folder"
        case .unusableRun(let path, let reason): "run \(path) \(reason)"
        }
    }
}
