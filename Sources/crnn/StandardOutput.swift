import ArgumentParser
import Foundation

/// Where results go.
enum StandardOutput {
    /// Writes one line at once.
    ///
    /// A reader that closed its end (`| head`) ends the command quietly; any other failure, such as a full disk,
    /// is an error.
    static func printLine(_ line: String) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
        } catch {
            if errno == EPIPE { throw ExitCode.failure }
            throw CommandError("the results cannot be written to standard output: \(error.systemReason)")
        }
    }
}

/// Why a command could not do its work, in one sentence for people.
struct CommandError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

extension Error {
    /// The operating system's reason where there is one, else the error's own words.
    var systemReason: String {
        let error = self as NSError
        let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
        guard cause.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
        return unsafe String(cString: strerror(CInt(cause.code)))
    }
}
