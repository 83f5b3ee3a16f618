import Datasets
import Foundation
import Imaging
import Synthesis

/// Makes samples on all processors and stores them in their order.
struct SampleProduction {
    let synthesizer: Synthesizer
    let count: Int
    let threads: Int

    /// Samples that are in memory at once.
    private static let chunk = 512

    typealias Encoded = (bytes: [UInt8], text: String)

    func run(to output: String, format: SynthesizeCommand.OutputFormat, force: Bool) async throws {
        switch format {
        case .lmdb:
            var writer = try DatasetWriter(output, replacing: force)
            try await each { try writer.append(image: $0.bytes, label: $0.text) }
            try writer.finish()
        case .folder:
            try FileManager.default.createDirectory(
                atPath: output + "/images", withIntermediateDirectories: true)
            var labels = ""
            var number = 0
            try await each { sample in
                let name = "images/\(number).png"
                try Data(sample.bytes).write(to: URL(filePath: output + "/" + name))
                labels += "\(name)\t\(sample.text)\n"
                number += 1
            }
            try Data(labels.utf8).write(to: URL(filePath: output + "/labels.tsv"))
        }
        try StandardOutput.printLine("\(output): \(count) samples")
    }

    private func each(_ body: (Encoded) throws -> Void) async throws {
        var progress = ProgressLine(total: count, label: "making samples")
        for start in stride(from: 0, to: count, by: Self.chunk) {
            for sample in try await samples(start..<min(start + Self.chunk, count)) { try body(sample) }
            progress.update(completed: min(start + Self.chunk, count))
        }
        progress.finish()
    }

    private func samples(_ range: Range<Int>) async throws -> [Encoded] {
        try await withThrowingTaskGroup(of: [(Int, Encoded)].self) { group in
            let (synthesizer, threads) = (synthesizer, threads)
            for worker in 0..<threads {
                group.addTask {
                    try stride(from: range.lowerBound + worker, to: range.upperBound, by: threads).map {
                        index in
                        let sample = try synthesizer.sample(at: index)
                        return (index, (try sample.image.encodedPNG(), sample.text))
                    }
                }
            }
            var results = [Encoded](repeating: ([], ""), count: range.count)
            for try await part in group {
                for (index, encoded) in part { results[index - range.lowerBound] = encoded }
            }
            return results
        }
    }
}
