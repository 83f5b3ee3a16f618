import Imaging
import Synthesis

/// Samples as PNG files, made by several threads.
struct EncodedSamples {
    let synthesizer: Synthesizer
    let threads: Int

    /// A picture's bytes and its label.
    typealias Sample = (bytes: [UInt8], text: String)

    /// The samples of these numbers, in their order.
    func samples(_ numbers: [Int]) async throws -> [Sample] {
        let (synthesizer, workers) = (synthesizer, min(threads, numbers.count))
        return try await withThrowingTaskGroup(of: [(Int, Sample)].self) { group in
            for worker in 0..<workers {
                group.addTask {
                    try stride(from: worker, to: numbers.count, by: workers).map { place in
                        try Task.checkCancellation()
                        let sample = try synthesizer.sample(at: numbers[place])
                        return (place, (try sample.image.encodedPNG(), sample.text))
                    }
                }
            }
            var results = [Sample](repeating: ([], ""), count: numbers.count)
            for try await part in group {
                for (place, sample) in part { results[place] = sample }
            }
            return results
        }
    }
}
