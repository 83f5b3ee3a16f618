import CommandSupport
import Datasets
import Files
import Foundation

/// Generates a range of samples and stores them in order.
struct SampleExport {
    let samples: EncodedSamples
    /// The indices of the samples.
    let range: Range<Int>

    /// The maximum number of samples in memory.
    private static let chunkSize = 512

    /// Generates the samples and stores them at `output`.
    ///
    /// - Parameter force: Replaces an existing data set.
    func run(to output: String, format: SynthesizeCommand.OutputFormat, force: Bool) async throws {
        switch format {
        case .lmdb: try await writeDataset(output, force)
        case .folder: try await writeFolder(output, force)
        }
        try StandardOutput.printLine("\(output): \(range.count) \(range.count == 1 ? "sample" : "samples")")
    }

    private func writeDataset(_ output: String, _ force: Bool) async throws {
        var writer = try DatasetWriter(output, replacing: force)
        try await each { _, sample in try writer.append(image: sample.bytes, label: sample.text) }
        try writer.finish()
    }

    /// Writes `images/INDEX.png` for each sample, and finally `labels.tsv`.
    private func writeFolder(_ output: String, _ force: Bool) async throws {
        let list = output + "/labels.tsv"
        if !force, FileManager.default.fileExists(atPath: list) { throw DatasetError.staging(.exists(list)) }
        try FileError.naming(output + "/images", cannotBe: "created") {
            try FileManager.default.createDirectory(
                atPath: output + "/images", withIntermediateDirectories: true)
        }
        var labels = ""
        try await each { index, sample in
            try write(Data(sample.bytes), to: output + "/images/\(index).png")
            labels += "images/\(index).png\t\(sample.text)\n"
        }
        try write(Data(labels.utf8), to: list)
    }

    private func write(_ data: Data, to path: String) throws {
        try FileError.naming(path, cannotBe: "written") { try data.write(to: URL(filePath: path)) }
    }

    /// Calls `body` with each sample and its index, in order.
    private func each(_ body: (Int, EncodedSamples.Sample) throws -> Void) async throws {
        var progress = ProgressLine(total: range.count, label: "generating samples")
        for indices in range.chunks(ofCount: Self.chunkSize) {
            for (index, sample) in zip(indices, try await samples.samples(at: Array(indices))) {
                try body(index, sample)
            }
            progress.update(completed: indices.upperBound - range.lowerBound)
        }
        progress.finish()
    }
}
