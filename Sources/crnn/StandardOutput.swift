import ArgumentParser
import Foundation
import Recognition

/// Where results go.
enum StandardOutput {
    /// Writes one line at once.
    ///
    /// A reader that closed its end (`| head`) ends the command quietly; any other failure, such as a full disk,
    /// is an error.
    static func printLine(_ line: String) throws {
        let bytes = Data((line + "\n").utf8)
        do {
            try FileError.naming("standard output", cannotBe: "written", { try write(bytes) })
        } catch {
            if error.code == .EPIPE { throw ExitCode.failure }
            throw error
        }
    }

    private static func write(_ bytes: Data) throws {
        try FileHandle.standardOutput.write(contentsOf: bytes)
    }
}
