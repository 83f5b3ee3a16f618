import Files

/// The progress of a long command at one moment.
public struct ProgressState {
    /// What is being done, such as `reading`.
    public let label: String
    /// Items done before the start; they do not count towards the rate.
    public let first: Int
    /// Items done, including `first`.
    public let completed: Int
    /// Items to do, including `first`.
    public let total: Int
    /// Seconds since the start.
    public let seconds: Double

    /// The state after `seconds` seconds, with `completed` of `total` items done.
    public init(label: String, first: Int = 0, completed: Int, total: Int, seconds: Double) {
        (self.label, self.first, self.completed, self.total) = (label, first, completed, total)
        self.seconds = seconds
    }

    /// Items per second.
    public var rate: Double { seconds > 0 ? Double(completed - first) / seconds : 0 }

    /// `reading [#####     ]  50% 500/1000, 250/s, 0:02 left, detail`
    public func line(detail: String, hasBar: Bool) -> String {
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
    public var summary: String {
        "\(label): \(completed - first) in \(Self.clockTime(seconds)), \(Int(rate.rounded()))/s"
    }

    /// Minutes and seconds, with hours if there are any: `1:02:03`.
    public static func clockTime(_ seconds: Double) -> String {
        let whole = Int(min(max(seconds, 0), 1e9).rounded())
        let (hours, minutes) = (whole / 3600, whole / 60 % 60)
        let end = (whole % 60).zeroPadded(to: 2)
        return hours > 0 ? "\(hours):\(minutes.zeroPadded(to: 2)):\(end)" : "\(minutes):\(end)"
    }
}
