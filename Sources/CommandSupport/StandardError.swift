import Files
import Foundation

/// Standard error, which takes everything that is not a result.
public struct StandardError: TextOutputStream {
    /// Whether standard error is a terminal.
    public static let isTerminal = isatty(STDERR_FILENO) == 1

    /// A text stream to standard error.
    public init() {}

    /// Writes text; failures are ignored.
    public func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }

    /// Writes one line, or several. Other control characters than line feeds and tabs are escaped, so that no name or
    /// text can change what the terminal shows.
    public static func printLine(_ text: String) {
        StandardError().write(text.printable(keeping: ["\n", "\t"]) + "\n")
    }
}
