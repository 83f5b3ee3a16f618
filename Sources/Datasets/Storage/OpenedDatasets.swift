internal import Files

/// Data sets that were found and opened, and LMDB environments of other kinds that were left out.
public struct OpenedDatasets: Sendable {
    /// The data sets, in the order in which they were found.
    public private(set) var datasets: [LMDBDataset] = []
    /// Why environments that a search found were left out.
    public private(set) var leftOut: [DatasetError] = []

    /// Opens data sets. An environment of another kind is left out if there are data sets, too, and no path names it.
    ///
    /// - Parameters:
    ///   - found: What ``findDatasets(in:except:)`` found.
    ///   - paths: Where it searched.
    ///   - open: Opens one data set.
    /// - Throws: What `open` throws for other reasons, or if all are of other kinds.
    public init(
        _ found: [String], namedBy paths: [String],
        _ open: (String) throws(DatasetError) -> LMDBDataset = { path throws(DatasetError) in
            try LMDBDataset(path)
        }
    ) throws(DatasetError) {
        let named = Set(paths.compactMap { FileStatus(at: $0)?.identity })
        for path in found {
            do throws(DatasetError) {
                datasets.append(try open(path))
            } catch {
                let isNamed = FileStatus(at: path).map { named.contains($0.identity) } ?? true
                guard case .notLabelledImages = error, !isNamed else { throw error }
                leftOut.append(error)
            }
        }
        if datasets.isEmpty, let error = leftOut.first { throw error }
    }
}
