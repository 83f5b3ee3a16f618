import Files
import Tensors

/// What epochs walk through: all stored samples that are learnt from, and made ones that no other epoch has.
struct Epochs: Sendable {
    /// Indices of the stored samples.
    let stored: [Int]
    let made: MadePart?

    /// Samples of one epoch.
    var count: Int { stored.count + (made?.count ?? 0) }

    /// The indices of an epoch, in the random order that it takes them in.
    func order(of epoch: Int, seed: UInt64) -> [Int] {
        var generator = SeededGenerator(seed: seed, 1, epoch)
        return (stored + (made.map { Array($0.indices(of: epoch)) } ?? [])).shuffled(using: &generator)
    }

    /// Whether a walk can stand there.
    func contain(_ position: BatchPlanner.Position) -> Bool {
        guard (0..<end).contains(position.epoch), (0...count).contains(position.taken) else {
            return false
        }
        let (stored, made) = (Set(stored), made?.indices(of: position.epoch) ?? 0..<0)
        return position.waiting.values.joined().allSatisfy { stored.contains($0) || made.contains($0) }
    }

    /// An epoch before which no index is too large.
    private var end: Int { made.map { (Int.max - $0.firstIndex) / max(1, $0.count) } ?? Int.max }
}
