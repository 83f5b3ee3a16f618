internal import Foundation

/// How wide images are for their labels: what is far from a set's other samples is rarely labelled right.
struct ShapeStatistics: Sendable {
    private struct Entry {
        let index: UInt32
        /// Heights of the image that its width has for each character.
        let heightsPerCharacter: Float
    }

    private var entries: [Entry] = []

    /// Fewer samples are no measure.
    private static let leastSamples = 20
    /// By how much a sample may be wider or narrower than the median.
    private static let tolerance: Float = 8

    /// Adds the sample at `index`.
    mutating func add(width: Int, height: Int, characters: Int, at index: Int) {
        guard characters > 0 else { return }
        let ratio = Float(width) / Float(height) / Float(characters)
        entries.append(Entry(index: UInt32(truncatingIfNeeded: index), heightsPerCharacter: ratio))
    }

    /// Adds the samples of others.
    mutating func add(_ other: ShapeStatistics) { entries += other.entries }

    /// The samples that are far from the median, in the order in which they were added, and what to say of them.
    func outliers() -> [(index: Int, detail: String)] {
        guard entries.count >= Self.leastSamples else { return [] }
        let median = entries.map(\.heightsPerCharacter).sorted()[entries.count / 2]
        let usual = (median / Self.tolerance)...(median * Self.tolerance)
        return entries.filter { !usual.contains($0.heightsPerCharacter) }.map { entry in
            let direction = entry.heightsPerCharacter < median ? "narrow" : "wide"
            return (
                Int(entry.index),
                "too \(direction) for its label: \(rounded(entry.heightsPerCharacter)) times its height for each "
                    + "character, and the set's median is \(rounded(median))"
            )
        }
    }

    private func rounded(_ value: Float) -> String {
        String(format: value < 0.1 ? "%.3f" : "%.2f", Double(value))
    }
}
