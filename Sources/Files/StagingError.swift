/// Why a result cannot be built at the given path.
public enum StagingError: Error, Sendable, Equatable {
    /// The output already exists.
    case exists(String)
    /// An interrupted run left its staging folder.
    case unfinished(String)
    /// Another process is building a result there.
    case busy(String)
    /// The existing output has other content than the results that may be replaced.
    case notReplaceable(path: String, content: String)
    /// The operating system refuses.
    case file(FileError)
}

extension StagingError: CustomStringConvertible {
    /// What is in the way, and what to do about it.
    public var description: String {
        switch self {
        case .exists(let path): "\(path) already exists; choose another folder, or replace it with --force"
        case .unfinished(let path):
            "\(path) was left by an interrupted run; what it contains is complete and readable: move the folder to "
                + "keep it, or start again with --force"
        case .busy(let path):
            "\(path) is being written by another process; wait for it, or choose another folder"
        case .notReplaceable(let path, let content):
            "\(path) is not replaced, because it also contains \(content); choose another folder"
        case .file(let error): error.description
        }
    }
}
