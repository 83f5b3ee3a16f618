/// Durations by name, in the order of their first appearance.
struct Stopwatch {
    private var names: [String] = []
    private var durations: [String: [Duration]] = [:]

    /// Measures a piece of work under a name.
    mutating func time<Result>(_ name: String, _ work: () -> Result) -> Result {
        let start = ContinuousClock.now
        let result = work()
        if durations[name] == nil { names.append(name) }
        durations[name, default: []].append(ContinuousClock.now - start)
        return result
    }

    /// The middle duration of a name, in milliseconds; the first is left out, because it compiles kernels.
    func median(_ name: String) -> Double {
        let sorted = (durations[name] ?? []).dropFirst().sorted()
        return sorted.isEmpty ? .nan : sorted[sorted.count / 2] / .milliseconds(1)
    }

    /// One line per name: the middle duration in milliseconds.
    var report: String {
        names.map { "  \($0): \(rounded(median($0))) ms" }.joined(separator: "\n")
    }
}

/// A number to two decimals.
func rounded(_ value: Double) -> String {
    value.isFinite ? "\((value * 100).rounded() / 100)" : "–"
}
