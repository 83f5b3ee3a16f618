import Foundation

/// Where everything goes that is not a result.
struct StandardError: TextOutputStream {
    /// Whether someone watches: standard error is a terminal.
    static let isTerminal = isatty(STDERR_FILENO) == 1

    func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }

    /// Writes one line.
    static func printLine(_ text: String) { StandardError().write(text + "\n") }
}
