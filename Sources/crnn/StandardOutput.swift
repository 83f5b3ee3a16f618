import ArgumentParser
import Files
import Foundation
import Recognition

/// Where results go.
enum StandardOutput {
    /// Writes one line at once.
    ///
    /// A reader that closed its end (`| head`) ends the command quietly; any other failure, such as a full disk,
    /// is an error.
    static func printLine(_ line: String) throws { try write(Data((line + "\n").utf8)) }

    /// Writes bytes at once, as ``printLine(_:)`` does.
    static func write(_ bytes: Data) throws {
        do {
            try FileError.naming("standard output", cannotBe: "written") {
                try FileHandle.standardOutput.write(contentsOf: bytes)
            }
        } catch {
            if error.code == .EPIPE { throw ExitCode.failure }
            throw error
        }
    }

    /// Whether `path` leads to where standard output goes.
    static func isSame(as path: String) -> Bool {
        var (named, own) = (stat(), stat())
        guard unsafe stat(path, &named) == 0, unsafe fstat(STDOUT_FILENO, &own) == 0 else { return false }
        return (named.st_dev, named.st_ino) == (own.st_dev, own.st_ino)
    }
}
