import Foundation

/// Measures durations by name; names keep the order of their first measurement.
struct Stopwatch {
    /// The duration of one run in milliseconds: wall-clock time, and processor time of all threads.
    private struct Lap {
        let wall: Double
        let processor: Double
    }

    /// The names, in the order of their first measurement.
    private(set) var names: [String] = []
    private var laps: [String: [Lap]] = [:]

    /// Runs `work` and adds its duration to `name`.
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

    /// The median wall-clock time of a name in milliseconds, without the first run, which compiles kernels.
    func median(_ name: String) -> Double { median(name, \.wall) }

    /// The median processor time of all threads in milliseconds, without the first run. Other programs on the machine
    /// affect it less than ``median(_:)``.
    func processorMedian(_ name: String) -> Double { median(name, \.processor) }

    /// The processor time of all runs of all names in seconds.
    var processorSeconds: Double { laps.values.joined().reduce(0) { $0 + $1.processor } / 1000 }

    private func median(_ name: String, _ value: KeyPath<Lap, Double>) -> Double {
        let sorted = (laps[name] ?? []).dropFirst().map { $0[keyPath: value] }.sorted()
        return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
    }
}
