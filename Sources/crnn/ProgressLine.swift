import Foundation

/// How far a long command has come, on standard error: one line that is rewritten where that is a terminal, else
/// a plain line now and then.
struct ProgressLine {
    private let total: Int
    private let label: String
    private let isTerminal: Bool
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var shown: ContinuousClock.Instant
    private let first: Int
    private var completed: Int

    /// Begins at zero.
    ///
    /// - Parameters:
    ///   - total: The number of items to do.
    ///   - label: What is being done, such as `reading`.
    ///   - first: Items done before, which the rate leaves out.
    init(total: Int, label: String, from first: Int = 0, isTerminal: Bool = StandardError.isTerminal) {
        (self.total, self.label, self.isTerminal) = (total, label, isTerminal)
        (self.first, completed) = (first, first)
        start = clock.now
        shown = isTerminal ? start - .seconds(1) : start
    }

    /// Notes that `completed` items are done; shows it where enough time has passed since the last time.
    mutating func update(completed: Int, detail: String = "") {
        self.completed = completed
        let now = clock.now
        guard now - shown >= (isTerminal ? .milliseconds(100) : .seconds(10)) else { return }
        shown = now
        show(state(at: now).line(detail: detail, hasBar: isTerminal))
    }

    /// Writes `line` above the progress.
    func printLine(_ line: String) { StandardError().write(eraser + line + "\n") }

    /// Ends the display: a terminal's line is erased, and what was done is written as one plain line.
    func finish() {
        let last = state(at: clock.now)
        StandardError().write(eraser + last.summary + "\n")
    }

    private func state(at now: ContinuousClock.Instant) -> ProgressState {
        let elapsed = now - start
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        return ProgressState(label: label, first: first, completed: completed, total: total, seconds: seconds)
    }

    private func show(_ line: String) {
        StandardError().write(isTerminal ? eraser + line.prefix(Self.columns - 1) : line + "\n")
    }

    private var eraser: String { isTerminal ? "\r\u{1B}[K" : "" }

    /// The terminal's width.
    private static var columns: Int {
        var size = winsize()
        let isKnown = unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 1
        return isKnown ? Int(size.ws_col) : 80
    }
}

/// A moment of a long command.
struct ProgressState {
    let label: String
    /// Items done before the start.
    var first = 0
    let completed: Int
    let total: Int
    /// Seconds since the start.
    let seconds: Double

    /// Items done in a second.
    var rate: Double { seconds > 0 ? Double(completed - first) / seconds : 0 }

    /// `reading [#####     ]  50% 500/1000, 250/s, 0:02 left, detail`
    func line(detail: String, hasBar: Bool) -> String {
        let fraction = total > 0 ? min(Double(completed) / Double(total), 1) : 1
        let width = 20
        let filled = Int(fraction * Double(width))
        let bar =
            "[" + String(repeating: "#", count: filled) + String(repeating: " ", count: width - filled) + "] "
        let left = rate > 0 ? ", \(Self.clockTime(Double(total - completed) / rate)) left" : ""
        return
            "\(label) \(hasBar ? bar : "")\(Int(fraction * 100))% \(completed)/\(total), \(Int(rate.rounded()))/s"
            + left + (detail.isEmpty ? "" : ", \(detail)")
    }

    /// `reading: 1000 in 0:04, 250/s`
    var summary: String {
        "\(label): \(completed - first) in \(Self.clockTime(seconds)), \(Int(rate.rounded()))/s"
    }

    /// Minutes and seconds, with hours where there are any: `1:02:03`.
    static func clockTime(_ seconds: Double) -> String {
        let whole = Int(min(max(seconds, 0), 1e9).rounded())
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (hours, minutes) = (whole / 3600, whole / 60 % 60)
        return hours > 0
            ? "\(hours):\(padded(minutes)):\(padded(whole % 60))" : "\(minutes):\(padded(whole % 60))"
    }
}
