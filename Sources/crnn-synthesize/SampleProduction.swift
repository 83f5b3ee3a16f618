import Datasets
import Files
import Foundation
import Recognition

/// Stores samples in their order.
struct SampleProduction {
    let samples: EncodedSamples
    /// The numbers of the samples.
    let range: Range<Int>

    /// Samples that are in memory at once.
    private static let chunk = 512

    /// Makes the samples and stores them at `output`.
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

    /// Writes `images/NUMBER.png` and, last of all, `labels.tsv`.
    private func writeFolder(_ output: String, _ force: Bool) async throws {
        let list = output + "/labels.tsv"
        if !force, FileManager.default.fileExists(atPath: list) { throw DatasetError.exists(list) }
        try FileError.naming(output + "/images", cannotBe: "made") {
            try FileManager.default.createDirectory(
                atPath: output + "/images", withIntermediateDirectories: true)
        }
        var labels = ""
        try await each { number, sample in
            try write(Data(sample.bytes), to: output + "/images/\(number).png")
            labels += "images/\(number).png\t\(sample.text)\n"
        }
        try write(Data(labels.utf8), to: list)
    }

    private func write(_ data: Data, to path: String) throws {
        try FileError.naming(path, cannotBe: "written") { try data.write(to: URL(filePath: path)) }
    }

    /// Calls `body` with each sample and its number, in their order.
    private func each(_ body: (Int, EncodedSamples.Sample) throws -> Void) async throws {
        var progress = ProgressLine(total: range.count, label: "making samples")
        for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.chunk) {
            let numbers = Array(start..<min(start + Self.chunk, range.upperBound))
            for (number, sample) in zip(numbers, try await samples.samples(numbers)) {
                try body(number, sample)
            }
            progress.update(completed: numbers.count + start - range.lowerBound)
        }
        progress.finish()
    }
}
