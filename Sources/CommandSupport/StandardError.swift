import Foundation

/// Standard error, which takes everything that is not a result.
public struct StandardError: TextOutputStream {
    /// Whether standard error is a terminal.
    public static let isTerminal = isatty(STDERR_FILENO) == 1

    /// A text stream to standard error.
    public init() {}

    /// Writes text; failures are ignored.
    public func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }

    /// Writes one line.
    public static func printLine(_ text: String) { StandardError().write(text + "\n") }
}
