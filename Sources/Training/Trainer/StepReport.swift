/// The results of one step.
public struct StepReport: Sendable, Codable {
    /// The number of the step, from 1.
    public let step: Int
    /// The number of the epoch, from 0.
    public let epoch: Int
    /// The share of the training that is done, from 0 to 1.
    public let progress: Double
    /// The mean CTC loss of the batch in nats.
    public let loss: Float
    /// The share of the batch that is read exactly, from 0 to 1.
    public let accuracy: Double
    /// The learning rate.
    public let rate: Float
    /// The norm of the gradient before clipping.
    public let gradientNorm: Float
    /// The number of images of the step.
    public let images: Int
    /// The duration of the training so far in seconds, including the time before a resumption.
    public let seconds: Double
}
