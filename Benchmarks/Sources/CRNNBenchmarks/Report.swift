extension Stopwatch {
    /// One line per name: the middle durations in milliseconds. Where other programs compete for the processor,
    /// the second is the one to compare.
    var report: String {
        names.map { name in
            "  \(name): \(rounded(median(name))) ms, processor \(rounded(processorMedian(name))) ms"
        }.joined(separator: "\n")
    }
}

/// A number to two decimals.
func rounded(_ value: Double) -> String {
    value.isFinite ? "\((value * 100).rounded() / 100)" : "–"
}
