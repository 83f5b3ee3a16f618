extension Stopwatch {
    /// One line per name with the median durations in milliseconds. If other programs use the processor, compare the
    /// second.
    var report: String {
        names.map { name in
            "  \(name): \(rounded(median(name))) ms, processor \(rounded(processorMedian(name))) ms"
        }.joined(separator: "\n")
    }
}

/// The number, rounded to two decimals.
func rounded(_ value: Double) -> String {
    value.isFinite ? "\((value * 100).rounded() / 100)" : "–"
}
