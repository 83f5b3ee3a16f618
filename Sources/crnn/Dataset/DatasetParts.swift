import Datasets
import Files

/// Writes disjoint selections of one data set as the parts of a folder, which all get their names together.
struct DatasetParts {
    let dataset: LMDBDataset
    let output: String
    /// The names of the parts.
    let names: [String]
    /// A text that differs for other data sets and options; see `CopyPosition`.
    let source: String
    /// Whether existing parts are replaced, and an interrupted run is started over.
    let isReplacing: Bool

    /// Checks that the parts would not overlap with the data set, nor remain next to `others`, which earlier runs may
    /// have left in the folder.
    func checkOutput(without others: [String]) throws {
        try requireApart(output + "/parts", from: [dataset.path])
        for name in names where FileStatus(at: output + "/" + name) != nil {
            try requireApart(output + "/" + name, from: [dataset.path])
        }
        try requireNoOtherParts(others, in: output, of: dataset)
    }

    /// Writes the parts.
    ///
    /// - Parameters:
    ///   - label: What the progress display calls the work.
    ///   - selections: Determines the samples of all parts, in the order of their names.
    func write(
        _ label: String, _ selections: () throws -> [any RandomAccessCollection<Int>]
    ) throws {
        let staged = try staging()
        let parts = zip(names, try selections()).filter { !staged.isFinished($0.0) }
        var copy = DatasetCopy(label, total: parts.reduce(0) { $0 + $1.1.count })
        do {
            for (name, indices) in parts {
                try copy.write(
                    [.init(dataset, indices)], to: staged.path + "/" + name, replacing: false, source: source)
            }
        } catch {
            staged.discard()
            throw error
        }
        try finish(staged)
        copy.end()
        for name in names { try DatasetCopy.printResult(output + "/" + name) }
    }

    private func staging() throws(DatasetError) -> StagedParts {
        do throws(StagingError) {
            return try StagedParts(
                in: output, names: names, of: DatasetWriter.files, source: source, replacing: isReplacing)
        } catch { throw .staging(error) }
    }

    private func finish(_ staged: borrowing StagedParts) throws(DatasetError) {
        do throws(StagingError) { try staged.finish() } catch { throw .staging(error) }
    }
}
