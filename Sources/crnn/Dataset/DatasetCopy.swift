import CommandSupport
import Datasets
import Foundation

/// Copies samples between data sets unchanged, and shows the progress.
struct DatasetCopy {
    private var progress: ProgressLine
    private var copied = 0

    /// Starts the progress display for `total` samples.
    init(_ label: String, total: Int) { progress = ProgressLine(total: total, label: label) }

    /// Writes the samples of `dataset` at `indices` to a new data set, which is discarded if one cannot be read.
    mutating func write(
        _ indices: some Sequence<Int>, of dataset: LMDBDataset, to output: String, replacing: Bool
    ) throws {
        var writer = try DatasetWriter(output, replacing: replacing)
        do {
            try append(indices, of: dataset, to: &writer)
        } catch {
            writer.discard()
            throw Self.explained(error, dataset)
        }
        try finish(writer)
    }

    /// Writes all samples of several data sets to a new one, which is discarded if one cannot be read.
    mutating func write(_ datasets: [LMDBDataset], to output: String, replacing: Bool) throws {
        var writer = try DatasetWriter(output, replacing: replacing)
        for dataset in datasets {
            do {
                try append(0..<dataset.count, of: dataset, to: &writer)
            } catch {
                writer.discard()
                throw Self.explained(error, dataset)
            }
        }
        try finish(writer)
    }

    /// Ends the progress display.
    func end() { progress.finish() }

    private mutating func append(
        _ indices: some Sequence<Int>, of dataset: LMDBDataset, to writer: inout DatasetWriter
    ) throws {
        for index in indices {
            try writer.append(index, of: dataset)
            copied += 1
            progress.update(completed: copied)
        }
    }

    private func finish(_ writer: consuming DatasetWriter) throws {
        let (path, count, checksum) = (writer.output, writer.count, writer.checksum)
        try writer.finish()
        try StandardOutput.printLine("\(path): \(count) \(count == 1 ? "sample" : "samples"), \(checksum)")
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
