import ArgumentParser
import Files
public import Foundation

/// Standard output, which takes results.
public enum StandardOutput {
    /// Writes one line immediately.
    ///
    /// If the reader has closed the pipe (`| head`), the command ends quietly. Any other failure, such as a full
    /// disk, is an error.
    public static func printLine(_ line: String) throws { try write(Data((line + "\n").utf8)) }

    /// Writes bytes immediately; fails like ``printLine(_:)``.
    public static func write(_ bytes: Data) throws {
        do {
            try FileError.naming("standard output", cannotBe: "written") {
                try FileHandle.standardOutput.write(contentsOf: bytes)
            }
        } catch {
            if error.code == .EPIPE { throw ExitCode.failure }
            throw error
        }
    }

    /// Whether `path` names the file, device or pipe that standard output writes to.
    public static func isSame(as path: String) -> Bool {
        guard let named = FileStatus(at: path), let own = FileStatus(ofDescriptor: STDOUT_FILENO) else {
            return false
        }
        return named.identity == own.identity
    }
}
