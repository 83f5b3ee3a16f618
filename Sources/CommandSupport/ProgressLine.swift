import Files
import Foundation

/// Shows the progress of a long command on standard error: on a terminal as one line that is rewritten, otherwise as
/// a plain line every ten seconds.
public struct ProgressLine {
    private let total: Int
    private let label: String
    private let isTerminal: Bool
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var shown: ContinuousClock.Instant
    private let first: Int
    private var completed: Int

    /// Starts the clock.
    ///
    /// - Parameters:
    ///   - total: The number of items to do.
    ///   - label: What is being done, such as `reading`.
    ///   - first: Items done before; they do not count towards the rate.
    ///   - isTerminal: Whether the line is rewritten in place.
    public init(
        total: Int, label: String, from first: Int = 0, isTerminal: Bool = StandardError.isTerminal
    ) {
        (self.total, self.label, self.isTerminal) = (total, label.printable, isTerminal)
        (self.first, completed) = (first, first)
        start = clock.now
        shown = isTerminal ? start - .seconds(1) : start
    }

    /// Notes that `completed` items are done, and shows it if enough time has passed since the last time.
    public mutating func update(completed: Int, detail: String = "") {
        self.completed = completed
        let now = clock.now
        guard now - shown >= (isTerminal ? .milliseconds(100) : .seconds(10)) else { return }
        shown = now
        show(state(at: now).line(detail: detail, hasBar: isTerminal))
    }

    /// Writes `line` above the progress line.
    public func printLine(_ line: String) {
        StandardError().write(eraser + line.printable(keeping: ["\n", "\t"]) + "\n")
    }

    /// Replaces the progress line by a summary.
    public func finish() {
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

    /// The width of the terminal.
    private static var columns: Int {
        var size = winsize()
        let isKnown = unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 1
        return isKnown ? Int(size.ws_col) : 80
    }
}
