public import Datasets
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
    /// The number of its samples.
    public let samples: Int
    /// What it held; nil where the set has no checksum.
    public let checksum: DatasetChecksum?

    init(_ dataset: LMDBDataset, _ purpose: Purpose) {
        name = URL(filePath: dataset.path).lastPathComponent
        (self.purpose, samples, checksum) = (purpose, dataset.count, dataset.checksum)
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
