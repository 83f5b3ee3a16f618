internal import Foundation

/// The widths of images in relation to their labels. Outliers rarely have the right label.
struct ShapeStatistics: Sendable {
    private struct Entry {
        let index: Int
        /// The width for each character, in heights of the image.
        let heightsPerCharacter: Float
    }

    private var entries: [Entry] = []

    /// The number of samples below which the median is not used.
    private static let minimumSamples = 20
    /// The factor by which a sample may be wider or narrower than the median.
    private static let tolerance: Float = 8

    /// Adds the sample at `index`.
    mutating func add(width: Int, height: Int, characters: Int, at index: Int) {
        guard characters > 0 else { return }
        let ratio = Float(width) / Float(height) / Float(characters)
        entries.append(Entry(index: index, heightsPerCharacter: ratio))
    }

    /// Adds the samples of other statistics.
    mutating func add(_ other: ShapeStatistics) { entries += other.entries }

    /// The samples far from the median, in the order in which they were added, with details for people.
    func outliers() -> [(index: Int, detail: String)] {
        guard entries.count >= Self.minimumSamples else { return [] }
        let median = entries.map(\.heightsPerCharacter).sorted()[entries.count / 2]
        let usual = (median / Self.tolerance)...(median * Self.tolerance)
        return entries.filter { !usual.contains($0.heightsPerCharacter) }.map { entry in
            let direction = entry.heightsPerCharacter < median ? "narrow" : "wide"
            return (
                entry.index,
                "too \(direction) for its label: \(rounded(entry.heightsPerCharacter)) times its height for each "
                    + "character, while the median of the data set is \(rounded(median))"
            )
        }
    }

    private func rounded(_ value: Float) -> String {
        String(format: value < 0.1 ? "%.3f" : "%.2f", Double(value))
    }
}
