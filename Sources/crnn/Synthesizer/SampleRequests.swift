import Foundation
import Training

/// Sample numbers sent to a `crnn-synthesize --serve` process, and its answers.
struct SampleRequests {
    private let process: SynthesizerProcess
    /// Numbers sent whose samples have not been read, in the order of the answers.
    private var pending: [Int] = []
    /// Samples read before they were asked for.
    private var ready: [Int: SyntheticSample] = [:]

    /// The maximum number of requests in flight. They fit into the buffer of the pipe, so that sending never blocks.
    private static let limit = 256

    init(to process: SynthesizerProcess) { self.process = process }

    /// Sends `number` unless the limit is reached.
    mutating func request(_ number: Int) {
        if pending.count < Self.limit { send(number) }
    }

    /// The sample with this number; waits for it.
    mutating func sample(_ number: Int) throws -> SyntheticSample {
        if let sample = ready.removeValue(forKey: number) { return sample }
        if !pending.contains(number) { send(number) }
        while !pending.isEmpty {
            let next = pending.removeFirst()
            let (image, label) = try process.record()
            let sample = SyntheticSample(label: label, bytes: Array(image))
            if next == number { return sample }
            ready[next] = sample
        }
        fatalError("sample \(number) was requested")
    }

    /// Sends a number. If the process has exited, reading the answer reports it.
    private mutating func send(_ number: Int) {
        pending.append(number)
        try? process.input.write(contentsOf: Data("\(number)\n".utf8))
    }
}
