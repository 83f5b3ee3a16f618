public import LMDB

/// Why a data set could not be found, read or built: what, where, why, and what to do next.
public enum DatasetError: Error, Sendable, Equatable {
    /// The LMDB file below refuses.
    case storage(LMDBError)
    /// A path that was given leads nowhere.
    case missingPath(String)
    /// No data set lies in any of the folders.
    case nothingFound(in: [String])
    /// An LMDB without labelled images; `content` says what it holds instead.
    case notLabelledImages(path: String, content: String)
    /// `num-samples` is not a count that the file could hold.
    case invalidCount(path: String, detail: String)
    /// A key that `num-samples` promises is not there.
    case missingKey(SampleName)
    /// A label is not UTF-8.
    case labelNotUTF8(SampleName)
    /// Something is already where a new data set should be.
    case exists(String)
    /// What an interrupted run left behind is where a new data set should be built.
    case unfinished(String)
    /// Another process is building a data set there.
    case busy(String)
    /// What should be replaced is not a data set.
    case notReplaceable(path: String, content: String)
    /// The operating system refuses.
    case system(action: String, path: String, reason: String)
}

/// Runs `body` and carries its error over into the data set's terms.
func asDatasetError<Result: ~Copyable>(
    _ body: () throws(LMDBError) -> Result
) throws(DatasetError) -> Result {
    do { return try body() } catch { throw .storage(error) }
}

extension DatasetError: CustomStringConvertible {
    /// What, where, why, and what to do next.
    public var description: String {
        switch self {
        case .storage(let error): error.description
        case .missingPath(let path): "\(path): there is no such file or folder; check the path"
        case .nothingFound(let paths):
            "no data set in \(paths.joined(separator: ", ")): a data set is a folder that holds data.mdb; "
                + "`crnn dataset create` makes one from images and a list of labels"
        case .notLabelledImages(let path, let content):
            "\(path) is an LMDB but not a set of labelled images: \(content); "
                + "expected are the keys num-samples, image-000000001, label-000000001, …"
        case .invalidCount(let path, let detail):
            "num-samples in \(path): \(detail); build the data set again or write the right count"
        case .missingKey(let name): "\(name): missing"
        case .labelNotUTF8(let name): "\(name): not valid UTF-8; write the label again as UTF-8"
        case .exists(let path):
            "\(path) exists already; choose another folder, or replace the data set with --force"
        case .unfinished(let path):
            "\(path) is what an interrupted run left behind; its samples are complete and readable: "
                + "move it to keep them, or start afresh with --force"
        case .busy(let path):
            "\(path) is being written by another process; wait for it, or choose another folder"
        case .notReplaceable(let path, let content):
            "\(path) is not replaced, as it is no data set: it holds \(content); choose another folder"
        case .system(let action, let path, let reason): "cannot \(action) \(path): \(reason)"
        }
    }
}
