import Foundation

/// Durations by name, in the order of their first appearance.
struct Stopwatch {
    /// One run of a piece of work: on the clock, and of all threads on the processor.
    private struct Lap {
        let wall: Double
        let processor: Double
    }

    /// What was measured.
    private(set) var names: [String] = []
    private var laps: [String: [Lap]] = [:]

    /// Measures a piece of work under a name.
    mutating func time<Result>(_ name: String, _ work: () -> Result) -> Result {
        let start = ContinuousClock.now, used = clock()
        let result = work()
        if laps[name] == nil { names.append(name) }
        laps[name, default: []].append(
            Lap(
                wall: (ContinuousClock.now - start) / .milliseconds(1),
                processor: Double(clock() - used) * 1000 / Double(CLOCKS_PER_SEC)))
        return result
    }

    /// The middle duration of a name, in milliseconds; the first is left out, because it compiles kernels.
    func median(_ name: String) -> Double { middle(name, \.wall) }

    /// As ``median(_:)``, of what all threads took of the processor: where other programs compete for it, this
    /// is the one to compare.
    func processorMedian(_ name: String) -> Double { middle(name, \.processor) }

    /// What all work took of the processor, in seconds.
    var processorSeconds: Double { laps.values.joined().reduce(0) { $0 + $1.processor } / 1000 }

    private func middle(_ name: String, _ value: KeyPath<Lap, Double>) -> Double {
        let sorted = (laps[name] ?? []).dropFirst().map { $0[keyPath: value] }.sorted()
        return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
    }
}

/// Repeats `work` for the given time, at least four times.
func repeatedly(seconds: Double, _ work: () -> Void) {
    let start = ContinuousClock.now
    var count = 0
    while count < 4 || ContinuousClock.now - start < .seconds(seconds) {
        work()
        count += 1
    }
}
