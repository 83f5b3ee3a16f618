public import Foundation

/// A failure of the operating system to read, write or create a file.
public struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// The system's explanation, and what to do about it if that is known.
    public let reason: String
    /// The system's error code; nil if it gave none.
    public let code: POSIXErrorCode?

    /// The file and the reason, for people.
    public var description: String { "\(path.printable): \(reason)" }

    /// Describes that `path` could not be `action` (“read”, “written”, “made”) because of `error`.
    init(path: String, cannotBe action: String, because error: any Error) {
        self.path = path
        code = Self.code(of: error)
        let words = code.map { unsafe String(cString: strerror($0.rawValue)) } ?? error.localizedDescription
        reason =
            "cannot be \(action) (\(words))"
            + (code.flatMap { Self.advice($0, isReading: action == "read") }.map { "; \($0)" } ?? "")
    }

    /// Describes that an output is locked, or that its lock cannot be made.
    init(path: String, _ error: FileLockError) {
        self.path = path
        switch error {
        case .held(_, let holder):
            code = .EBUSY
            reason =
                "is being written by \(holder ?? "another process"); wait for it, or choose another output"
        case .file(let error): (code, reason) = (error.code, error.reason)
        }
    }

    /// The same failure of another path, which is the one that the user knows.
    init(path: String, _ error: FileError) {
        (self.path, code, reason) = (path, error.code, error.reason)
    }

    /// Describes a failure in words.
    init(path: String, reason: String, code: POSIXErrorCode?) {
        (self.path, self.reason, self.code) = (path, reason, code)
    }

    /// The system's code behind an error of Foundation.
    private static func code(of error: any Error) -> POSIXErrorCode? {
        let outer = error as NSError
        let inner = (outer.userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError } ?? outer
        return inner.domain == NSPOSIXErrorDomain ? POSIXErrorCode(rawValue: Int32(inner.code)) : nil
    }

    /// What to do about the failures that users meet.
    private static func advice(_ code: POSIXErrorCode, isReading: Bool) -> String? {
        switch code {
        case .ENOENT: "check the path"
        case .EISDIR: "give the path of a file"
        case .ENOTDIR, .EEXIST: "a file is where a folder should be; choose another path"
        case .ENOSPC, .EDQUOT: "free some space or choose another folder"
        case .EACCES, .EPERM, .EROFS:
            isReading ? "check its permissions" : "check the permissions, or choose another folder"
        default: nil
        }
    }
}

extension FileError {
    /// Runs `body` and turns its error into a ``FileError`` that names the file.
    ///
    /// - Parameters:
    ///   - path: The file, or what messages call it.
    ///   - action: What `body` does with it, as a participle: “read” or “written”.
    ///   - body: Uses the file.
    /// - Returns: The result of `body`.
    public static func naming<Result>(
        _ path: String, cannotBe action: String, _ body: () throws -> Result
    ) throws(FileError) -> Result {
        do {
            return try body()
        } catch {
            if let error = error as? FileError { throw error }
            throw FileError(path: path, cannotBe: action, because: error)
        }
    }

    /// The failure of the last call to the C library, as `errno` gives it.
    static func last(_ path: String, cannotBe action: String) -> FileError {
        FileError(path: path, cannotBe: action, because: POSIXError(.init(rawValue: errno) ?? .EIO))
    }
}
