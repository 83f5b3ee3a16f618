/// Why a result cannot be built at the given path.
public enum StagingError: Error, Sendable, Equatable {
    /// The output already exists.
    case exists(String)
    /// An interrupted run left its staging folder.
    case unfinished(String)
    /// An interrupted run left its staging folder, but it had another source.
    case otherSource(String)
    /// A process is building a result there already; `holder` is nil if it is not known.
    case busy(String, by: String?)
    /// The existing output has other content than the results that may be replaced.
    case notReplaceable(path: String, content: String)
    /// The operating system refuses.
    case file(FileError)
}

extension StagingError {
    /// Describes that an output is locked, or that its lock cannot be made.
    init(_ output: String, _ error: FileLockError) {
        switch error {
        case .held(_, let holder): self = .busy(output, by: holder)
        case .file(let error): self = .file(FileError(path: output, error))
        }
    }
}

extension StagingError {
    /// Whether the result can be built if what is there is replaced.
    public var allowsReplacement: Bool {
        switch self {
        case .exists, .unfinished, .otherSource: true
        case .busy, .notReplaceable, .file: false
        }
    }
}

extension StagingError: CustomStringConvertible {
    /// What is in the way, and what to do about it.
    public var description: String {
        switch self {
        case .exists(let path): "\(path) already exists; choose another folder, or replace it"
        case .unfinished(let path):
            "\(path) was left by an interrupted run, and contains only a part of the result; repeat the command that "
                + "was interrupted, or replace it"
        case .otherSource(let path):
            "\(path) was started from other samples, or with other options, and cannot be resumed: repeat the original "
                + "command, move the folder away, or replace it"
        case .busy(let path, let holder):
            "\(path) is being written by \(holder ?? "another process"); wait for it, or choose another folder"
        case .notReplaceable(let path, let content):
            "\(path) is not replaced, because it also contains \(content); choose another folder"
        case .file(let error): error.description
        }
    }
}
