public import Datasets
import Files
import Foundation
public import Recognition

/// The record of a data set in the checkpoint of a model that was trained with it.
public struct DatasetRecord: Sendable, Codable, Equatable {
    /// What a data set was used for.
    public enum Purpose: String, Sendable, Codable {
        /// The model was trained on it, perhaps except a part that was held out.
        case training
        /// It decided which weights are the best.
        case validation
    }

    /// The last component of its path.
    public let name: String
    /// What it was used for.
    public let purpose: Purpose
    /// The number of its samples; for synthetic images, the number of those of one epoch.
    public let samples: Int
    /// The checksum of its content; nil if the data set has none. For synthetic images, it covers the settings and the
    /// first images.
    public let checksum: DatasetChecksum?
    /// The seed of synthetic images; nil for a data set.
    public let seed: UInt64?

    init(_ dataset: LMDBDataset, _ purpose: Purpose) {
        name = URL(filePath: dataset.path).lastPathComponent
        (self.purpose, samples, checksum, seed) = (purpose, dataset.count, dataset.checksum, nil)
    }

    init(_ synthetic: SyntheticTrainingData) {
        (name, purpose) = (synthetic.name, .training)
        (samples, checksum, seed) = (synthetic.count, synthetic.checksum, synthetic.images.seed)
    }

    /// Whether the present data set, as far as its checksum shows, has the recorded content.
    func isSame(as present: DatasetRecord) -> Bool {
        guard samples == present.samples else { return false }
        guard let checksum, let presentChecksum = present.checksum else { return true }
        return checksum == presentChecksum
    }
}

extension Checkpoint {
    private static let recordsKey = "data"

    /// The data sets that the model was trained with; empty if the file does not record them.
    public var datasetRecords: [DatasetRecord] {
        let text = notes[Self.recordsKey] ?? "[]"
        return (try? JSONDecoder().decode([DatasetRecord].self, from: Data(text.utf8))) ?? []
    }

    /// The checkpoint with the records of the data sets that its model was trained with.
    public func recording(_ records: [DatasetRecord]) throws -> Checkpoint {
        var checkpoint = self
        checkpoint.notes[Self.recordsKey] = try JSONText.encoder().encodedText(records)
        return checkpoint
    }
}
