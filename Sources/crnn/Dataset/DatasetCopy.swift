import CommandSupport
import Datasets
import Files

/// Copies samples between data sets unchanged, shows the progress, and resumes after an interruption.
struct DatasetCopy {
    /// Samples of one data set.
    struct Selection {
        let dataset: LMDBDataset
        let indices: any RandomAccessCollection<Int>

        /// The samples of `dataset` at `indices`; all if they are nil.
        init(_ dataset: LMDBDataset, _ indices: (any RandomAccessCollection<Int>)? = nil) {
            (self.dataset, self.indices) = (dataset, indices ?? 0..<dataset.count)
        }
    }

    private var progress: ProgressLine
    private var copied = 0

    /// Starts the progress display for `total` samples.
    init(_ label: String, total: Int) { progress = ProgressLine(total: total, label: label) }

    /// Writes samples to a new data set, which is discarded if one cannot be read.
    ///
    /// - Parameters:
    ///   - selections: The samples, in their order.
    ///   - output: The folder to make.
    ///   - replacing: Whether an existing data set is replaced, and an interrupted run started over.
    ///   - source: A text that differs for other samples and options; see ``CopyPosition``.
    mutating func write(
        _ selections: [Selection], to output: String, replacing: Bool, source: String
    ) throws {
        var writer = try DatasetWriter.copying(to: output, replacing: replacing)
        var position = try CopyPosition(in: writer, of: source)
        if position.taken > 0 { progress.printLine("resuming \(output) after \(position.taken) samples") }
        copied += position.taken
        var start = 0
        for selection in selections {
            do {
                let rest = selection.indices.dropFirst(max(0, position.taken - start))
                try append(rest, of: selection.dataset, to: &writer, &position)
            } catch {
                writer.discard()
                throw Self.explained(error, selection.dataset)
            }
            start += selection.indices.count
        }
        try writer.finish(at: position)
    }

    /// Ends the progress display.
    func end() { progress.finish() }

    /// Prints the size and the checksum of a finished data set.
    static func printResult(_ path: String) throws {
        let dataset = try LMDBDataset(path, isChecked: false)
        let (count, checksum) = (dataset.count, dataset.checksum ?? DatasetChecksum())
        try StandardOutput.printLine("\(path): \(count) \(count == 1 ? "sample" : "samples"), \(checksum)")
    }

    private mutating func append(
        _ indices: some Sequence<Int>, of dataset: LMDBDataset, to writer: inout DatasetWriter,
        _ position: inout CopyPosition
    ) throws {
        for index in indices {
            try writer.append(index, of: dataset)
            position.taken += 1
            copied += 1
            try writer.commitIfDue(at: position)
            progress.update(completed: copied)
        }
    }

    /// The error, with advice if a sample cannot be read.
    private static func explained(_ error: any Error, _ dataset: LMDBDataset) -> any Error {
        switch error {
        case DatasetError.missingKey, DatasetError.labelNotUTF8:
            CommandError(
                "\(error); nothing was written. `crnn dataset verify \(dataset.path) --fix CLEAN` makes a copy without "
                    + "broken samples")
        default: error
        }
    }
}
