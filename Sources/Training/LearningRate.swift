import Foundation

/// The learning rate over the course of training.
public struct LearningRate: Sendable, Hashable, Codable {
    /// The highest rate.
    public var peak: Float
    /// Steps over which the rate rises linearly from zero to the peak.
    public var warmupSteps: Int
    /// What follows the warm-up.
    public var decay: Decay

    /// A course after the warm-up.
    public enum Decay: String, Sendable, Hashable, Codable, CaseIterable {
        /// Stays at the peak.
        case constant
        /// Falls along half a cosine to a hundredth of the peak (Loshchilov and Hutter, arXiv 1608.03983). The
        /// cosine begins with the training, so that it has fallen a little when the warm-up ends.
        case cosine
    }

    /// A course of the given form.
    public init(peak: Float, warmupSteps: Int = 0, decay: Decay = .constant) {
        self.peak = peak
        self.warmupSteps = warmupSteps
        self.decay = decay
    }

    /// The rate of a step (from 1), when `progress` (0 to 1) of the training is done.
    public func rate(step: Int, progress: Double) -> Float {
        if step < warmupSteps { return peak * Float(step) / Float(warmupSteps) }
        guard decay == .cosine else { return peak }
        return peak * Float(0.01 + 0.99 * (1 + cos(.pi * min(1, progress))) / 2)
    }
}
