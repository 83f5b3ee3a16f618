import Foundation

/// The peak memory of the process, as reported by Linux; nil on other systems.
enum MemoryPeak {
    /// Resets the peak.
    static func reset() { try? Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs")) }

    /// The peak since the last ``reset()``, in MiB.
    static var mebibytes: Int? {
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: \.isWhitespace).dropLast().last.flatMap { Int($0) }.map {
            $0 / 1024
        }
    }
}
