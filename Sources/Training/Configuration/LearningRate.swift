import Foundation

/// The schedule of the learning rate.
public struct LearningRate: Sendable, Hashable, Codable {
    /// The highest rate.
    public var peak: Float
    /// The number of steps in which the rate rises linearly from zero to the peak.
    public var warmupSteps: Int
    /// The schedule after the warm-up.
    public var decay: Decay

    /// A schedule after the warm-up.
    public enum Decay: String, Sendable, Hashable, Codable, CaseIterable {
        /// The rate stays at the peak.
        case constant
        /// The rate falls along half a cosine to a hundredth of the peak (Loshchilov and Hutter, arXiv 1608.03983). The
        /// cosine begins with the training, so that it has fallen a little when the warm-up ends.
        case cosine
    }

    /// Creates a schedule.
    public init(peak: Float, warmupSteps: Int = 0, decay: Decay = .constant) {
        self.peak = peak
        self.warmupSteps = warmupSteps
        self.decay = decay
    }

    /// The rate of a step, counted from 1, if the share `progress` of the training, from 0 to 1, is done.
    public func rate(step: Int, progress: Double) -> Float {
        if step < warmupSteps { return peak * Float(step) / Float(warmupSteps) }
        guard decay == .cosine else { return peak }
        return peak * Float(0.01 + 0.99 * (1 + cos(.pi * min(1, progress))) / 2)
    }
}
