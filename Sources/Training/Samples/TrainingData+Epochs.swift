import Datasets
import Files

extension TrainingData {
    /// The number of samples of one epoch.
    var samplesPerEpoch: Int { trained.count + (synthetic?.count ?? 0) }

    /// The samples of an epoch in their random order: all stored samples that are trained on, and synthetic images
    /// that no other epoch has.
    func order(of epoch: Int, seed: UInt64) -> [SampleID] {
        var generator = SeededGenerator(seed: seed, 1, epoch)
        let numbers = synthetic?.numbers(of: epoch) ?? 0..<0
        return (trained.map(SampleID.stored) + numbers.map(SampleID.synthetic)).shuffled(using: &generator)
    }

    /// The index of a sample in checkpoints and in the seeds of augmentations: synthetic images of epochs follow the
    /// stored samples.
    func index(of id: SampleID) -> Int {
        switch id {
        case .stored(let index): index
        case .synthetic(let number): images.count + number - heldOutCount
        }
    }

    /// The sample of an index; see ``index(of:)``.
    func id(at index: Int) -> SampleID {
        index < images.count ? .stored(index) : .synthetic(index - images.count + heldOutCount)
    }

    /// Whether a walk through the epochs can reach a position.
    func contains(_ position: BatchPlanner.Position) -> Bool {
        guard (0..<epochLimit).contains(position.epoch), (0...samplesPerEpoch).contains(position.taken) else {
            return false
        }
        let stored = Set(trained)
        let numbers = synthetic?.numbers(of: position.epoch) ?? 0..<0
        let first = index(of: .synthetic(numbers.lowerBound))
        let indices = first..<first + numbers.count
        return position.waiting.values.joined().allSatisfy { stored.contains($0) || indices.contains($0) }
    }

    /// The number of synthetic images that are held out.
    private var heldOutCount: Int { synthetic?.heldOut.count ?? 0 }

    /// An epoch before which no number overflows.
    private var epochLimit: Int {
        guard let synthetic else { return .max }
        return (Int.max - max(images.count, heldOutCount)) / max(1, synthetic.count)
    }
}
