public import Foundation

/// A file that the system could not read or write.
public struct FileError: Error, CustomStringConvertible {
    /// The file.
    public let path: String
    /// The system's words, and what to do where that is known.
    public let reason: String
    /// The system's code; nil where it gave none.
    public let code: POSIXErrorCode?

    /// The file and the reason, for people.
    public var description: String { "\(path): \(reason)" }

    /// What happened to `path` when `action` (“read”, “written”) failed with `error`.
    init(path: String, cannotBe action: String, because error: any Error) {
        self.path = path
        code = Self.code(of: error)
        let words = code.map { unsafe String(cString: strerror($0.rawValue)) } ?? error.localizedDescription
        reason = "cannot be \(action) (\(words))" + (code.flatMap(Self.advice).map { "; \($0)" } ?? "")
    }

    /// The system's code behind an error of Foundation.
    private static func code(of error: any Error) -> POSIXErrorCode? {
        let outer = error as NSError
        let inner = (outer.userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError } ?? outer
        return inner.domain == NSPOSIXErrorDomain ? POSIXErrorCode(rawValue: Int32(inner.code)) : nil
    }

    /// What to do about the failures that a user meets.
    private static func advice(_ code: POSIXErrorCode) -> String? {
        switch code {
        case .ENOENT: "check the path"
        case .EISDIR: "give the path of a file"
        case .ENOTDIR, .EEXIST: "a file is where a folder should be; choose another path"
        case .ENOSPC, .EDQUOT: "free some space or choose another folder"
        case .EACCES, .EPERM, .EROFS: "check who may use it, or choose another folder"
        default: nil
        }
    }
}

extension FileError {
    /// The result of `body`, or what the system says against it.
    ///
    /// - Parameters:
    ///   - path: The file, or what a message calls it.
    ///   - action: What should be done with it, as in “read” or “written”.
    ///   - body: Does it.
    public static func naming<Result>(
        _ path: String, cannotBe action: String, _ body: () throws -> Result
    ) throws(FileError) -> Result {
        do {
            return try body()
        } catch {
            throw FileError(path: path, cannotBe: action, because: error)
        }
    }
}
