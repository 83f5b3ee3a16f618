import ArgumentParser
import CommandSupport
import Files
import Foundation

/// Reads indices of samples from standard input and writes the samples to standard output.
struct SampleService {
    let samples: EncodedSamples

    /// The maximum number of samples generated before the first of them is written.
    private static let batchSize = 64

    /// Runs until standard input ends. All threads share the samples that are requested together.
    func run() async throws {
        var rest: [UInt8] = []
        while case let bytes = FileHandle.standardInput.availableData, !bytes.isEmpty {
            rest += bytes
            guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { continue }
            let lines = String(decoding: rest[..<end], as: UTF8.self).split(whereSeparator: \.isNewline)
            rest.removeSubrange(...end)
            try await answer(lines.map(Self.index))
        }
    }

    private static func index(_ line: Substring) throws -> Int {
        guard let index = Int(line), index >= 0 else {
            throw ValidationError(
                "“\(line.prefix(40))” on standard input is not an index of a sample, 0 or more.")
        }
        return index
    }

    private func answer(_ indices: [Int]) async throws {
        for batch in indices.indices.chunks(ofCount: Self.batchSize) {
            var answer = Data()
            for sample in try await samples.samples(at: Array(indices[batch])) {
                answer.append(record: sample)
            }
            try StandardOutput.write(answer)
        }
    }
}

extension Data {
    /// Appends an encoded image and its text in the format of `--serve`.
    mutating func append(record sample: EncodedSamples.Sample) {
        for count in [sample.bytes.count, sample.text.utf8.count] {
            append(contentsOf: (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) })
        }
        append(contentsOf: sample.bytes)
        append(contentsOf: sample.text.utf8)
    }
}
