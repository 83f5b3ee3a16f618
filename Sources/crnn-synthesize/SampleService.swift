import ArgumentParser
import Foundation

/// Answers the numbers of samples on standard input with samples on standard output.
struct SampleService {
    let samples: EncodedSamples

    /// The most samples that are made before the first of them is written.
    private static let batch = 64

    /// Serves until standard input ends. What has been asked for at once is made by all threads.
    func run() async throws {
        var rest: [UInt8] = []
        while case let bytes = FileHandle.standardInput.availableData, !bytes.isEmpty {
            rest += bytes
            guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { continue }
            let lines = String(decoding: rest[..<end], as: UTF8.self).split(whereSeparator: \.isNewline)
            rest.removeSubrange(...end)
            try await answer(lines.map(Self.number))
        }
    }

    private static func number(_ line: Substring) throws -> Int {
        guard let number = Int(line), number >= 0 else {
            throw ValidationError("“\(line.prefix(40))” on standard input is no number of a sample.")
        }
        return number
    }

    private func answer(_ numbers: [Int]) async throws {
        for start in stride(from: 0, to: numbers.count, by: Self.batch) {
            let part = Array(numbers[start..<min(start + Self.batch, numbers.count)])
            var answer = Data()
            for sample in try await samples.samples(part) { answer.append(record: sample) }
            try StandardOutput.write(answer)
        }
    }
}

extension Data {
    /// Appends a picture and its text as `--serve` hands them over.
    mutating func append(record sample: EncodedSamples.Sample) {
        for count in [sample.bytes.count, sample.text.utf8.count] {
            append(contentsOf: (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) })
        }
        append(contentsOf: sample.bytes)
        append(contentsOf: sample.text.utf8)
    }
}
