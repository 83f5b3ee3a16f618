import CommandSupport
import Datasets
import Files

/// The summary of a data set as text.
struct DatasetReport {
    private let summary: DatasetSummary

    init(_ summary: DatasetSummary) { self.summary = summary }

    /// The report: the path, one line per property, the first samples and the problems.
    var text: String {
        let figures = figures.map { "  \($0.name.padded(to: 14))\($0.value)" }
        return ([summary.path.printable] + figures + firstSamples + problems).joined(separator: "\n")
    }

    private var figures: [(name: String, value: String)] {
        let unreadable = summary.samples - summary.readable
        return [
            ("samples", "\(summary.samples)" + (unreadable > 0 ? ", \(unreadable) of them unreadable" : "")),
            ("size", "\(bytes(Int(summary.fileBytes))), images \(bytes(summary.imageBytes))"),
            ("checksum", summary.checksum?.description ?? "none"),
            ("lexicons", "\(summary.lexicons)"),
            ("formats", formats),
            ("widths", spread(summary.widths, unit: "pixels")),
            ("heights", spread(summary.heights, unit: "pixels")),
            ("label lengths", spread(summary.labelLengths, unit: "characters")),
            (
                "alphabet",
                "\(summary.alphabet.count) characters: \(summary.alphabet.map(\.symbol).joined().printable)"
            ),
        ]
    }

    private var formats: String {
        guard !summary.formats.isEmpty else { return "none" }
        return summary.formats.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(
            separator: ", ")
    }

    private var firstSamples: [String] {
        guard !summary.firstSamples.isEmpty else { return [] }
        return ["  first samples"]
            + summary.firstSamples.map {
                "    \($0.key)  \("\($0.width)×\($0.height)".padded(to: 9)) \($0.format)  \($0.label.printable)"
            }
    }

    private var problems: [String] {
        guard summary.problemCount > 0 else { return [] }
        let more = summary.problemCount - summary.problems.count
        return ["  problems: \(summary.problemCount)"] + summary.problems.map { "    \($0)" }
            + (more > 0 ? ["    and \(more) more"] : [])
    }

    private func spread(_ spread: DatasetSummary.Spread?, unit: String) -> String {
        guard let spread else { return "none" }
        return "\(spread.minimum) to \(spread.maximum) \(unit), median \(spread.median)"
    }

    /// A number of bytes with one decimal, in the largest unit that gives at least 1.
    private func bytes(_ count: Int) -> String {
        let units = ["bytes", "kB", "MB", "GB", "TB"]
        var (value, unit) = (Double(count), 0)
        while value >= 1000, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
        return unit == 0 ? "\(count) bytes" : "\((value * 10).rounded() / 10) \(units[unit])"
    }
}
