public import Files
public import LMDB

/// Why a data set could not be found, read or built: the operation, the place, the reason and the remedy.
public enum DatasetError: Error, Sendable, Equatable {
    /// The LMDB file cannot be read or written.
    case storage(LMDBError)
    /// There is nothing at a given path.
    case missingPath(String)
    /// A file or folder in a searched folder cannot be read.
    case unreadable(FileError)
    /// None of the folders contains a data set.
    case nothingFound(in: [String])
    /// An LMDB without labelled images; `content` describes what it contains instead.
    case notLabelledImages(path: String, content: String)
    /// `num-samples` is not a possible number of samples.
    case invalidCount(path: String, detail: String)
    /// A key is missing although `num-samples` includes it.
    case missingKey(SampleName)
    /// A label is not UTF-8.
    case labelNotUTF8(SampleName)
    /// The new data set cannot be built at its place.
    case staging(StagingError)
}

/// Runs `body` and turns its error into a ``DatasetError``.
func asDatasetError<Result: ~Copyable>(
    _ body: () throws(LMDBError) -> Result
) throws(DatasetError) -> Result {
    do { return try body() } catch { throw .storage(error) }
}

extension DatasetError: CustomStringConvertible {
    /// The operation, the place, the reason and the remedy.
    public var description: String {
        switch self {
        case .storage(let error): error.description
        case .unreadable(let error): "\(error). Or give the paths of the data sets one by one"
        case .missingPath(let path): "\(path.printable): there is no such file or folder; check the path"
        case .nothingFound(let paths):
            "no data set in \(paths.joined(separator: ", ").printable): a data set is a folder that contains data.mdb; "
                + "`crnn dataset create` makes one from images and a list of labels"
        case .notLabelledImages(let path, let content):
            "\(path.printable) is an LMDB but not a set of labelled images: \(content.printable); "
                + "the expected keys are num-samples, image-000000001, label-000000001, …"
        case .invalidCount(let path, let detail):
            "num-samples in \(path.printable): \(detail.printable); build the data set again or write the right count"
        case .missingKey(let name): "\(name): missing"
        case .labelNotUTF8(let name): "\(name): not valid UTF-8; write the label again as UTF-8"
        case .staging(let error): error.description
        }
    }
}
