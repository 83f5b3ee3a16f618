public import Datasets
import Files
import Foundation
public import Recognition

/// A data set that a model was made with, as its checkpoint tells.
public struct LearntSet: Sendable, Codable, Equatable {
    /// What a set serves.
    public enum Purpose: String, Sendable, Codable {
        /// It was learnt from, or a part of it held back.
        case training
        /// It decided which weights are best.
        case validation
    }

    /// The last part of its path.
    public let name: String
    /// What it served.
    public let purpose: Purpose
    /// The number of its samples; of images that the training made for itself, those of one epoch.
    public let samples: Int
    /// What it held; nil where the set has no checksum. Of made images, what their settings and the first of them are.
    public let checksum: DatasetChecksum?
    /// The seed of images that the training made for itself; nil for a data set.
    public let seed: UInt64?

    init(_ dataset: LMDBDataset, _ purpose: Purpose) {
        name = URL(filePath: dataset.path).lastPathComponent
        (self.purpose, samples, checksum, seed) = (purpose, dataset.count, dataset.checksum, nil)
    }

    init(_ made: MadePart) {
        (name, purpose) = (made.name, .training)
        (samples, checksum, seed) = (made.count, made.checksum, made.images.seed)
    }

    /// Whether what is there now is, as far as checksums tell, what was there then.
    func isSame(as now: LearntSet) -> Bool {
        guard samples == now.samples else { return false }
        guard let checksum, let present = now.checksum else { return true }
        return checksum == present
    }
}

extension Checkpoint {
    private static let learntKey = "data"

    /// The data sets that the model was made with; none where its file does not tell.
    public var learntSets: [LearntSet] {
        let text = notes[Self.learntKey] ?? "[]"
        return (try? JSONDecoder().decode([LearntSet].self, from: Data(text.utf8))) ?? []
    }

    /// The checkpoint, telling what its model was made with.
    public func telling(_ sets: [LearntSet]) throws -> Checkpoint {
        var checkpoint = self
        checkpoint.notes[Self.learntKey] = try JSONText.encoder().encodedText(sets)
        return checkpoint
    }
}
