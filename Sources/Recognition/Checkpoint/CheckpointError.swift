import Files

/// Why a checkpoint, or another safetensors file, cannot be read or written.
public struct CheckpointError: Error, CustomStringConvertible {
    /// The file; nil if the content is checked without it.
    public let path: String?
    /// What is wrong, and what to do about it; the text follows the file's name.
    public let reason: String

    /// The file and the reason, for people.
    public var description: String { path.map { "\($0): \(reason)" } ?? reason }

    /// Creates an error; the reason follows the file's name.
    public init(path: String? = nil, reason: String) {
        (self.path, self.reason) = (path, reason)
    }

    /// An error of a file operation, or of the content, as one of the file at `path`.
    init(path: String, because error: any Error) {
        let reason =
            (error as? FileError)?.reason ?? (error as? CheckpointError)?.reason ?? JSONText.reason(of: error)
        self.init(path: path, reason: reason)
    }
}
