import Imaging

/// The images and labels of one step, ready for the device.
struct TrainingBatch: Sendable {
    let epoch: Int
    let samples: [TrainingSamples.Prepared]
    /// Samples that cannot be trained on, met since the batch before.
    let exclusions: [ExcludedSample]
    /// The planner's position after this batch.
    let position: BatchPlanner.Position

    /// The prepared images, all of one width.
    var images: [Image] { samples.map(\.image) }
    /// The class indices of each label.
    var classes: [[Int]] { samples.map(\.classes) }
}
