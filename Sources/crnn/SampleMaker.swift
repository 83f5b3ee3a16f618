import Foundation
import Synchronization
import Training

/// Images that `crnn-synthesize --serve` makes while the training computes.
final class SampleMaker: MadeSamples {
    let settings: String
    let symbols: String?
    private let conversation: Mutex<Conversation>

    /// Starts the program with the settings of `images`.
    init(_ images: MadeImages) throws {
        let isPath = images.source.hasPrefix("/")
        let look = [isPath ? "--configuration" : "--preset", images.source, "--seed", "\(images.seed)"]
        settings = try Self.settings(look)
        symbols = try Self.symbols(settings)
        conversation = Mutex(
            Conversation(process: try CompanionProcess(look + ["--serve"], for: Self.command)))
    }

    func request(_ number: Int) { conversation.withLock { $0.request(number) } }

    func sample(at number: Int) throws -> MadeSample { try conversation.withLock { try $0.sample(number) } }

    private static let command = "crnn train --synthesize"

    /// The whole configuration as the program prints it.
    private static func settings(_ look: [String]) throws -> String {
        let process = try CompanionProcess(look + ["--print-configuration"], for: command)
        let output = try process.output.readToEnd() ?? Data()
        if let problem = process.end() { throw CommandError(problem) }
        return String(decoding: output, as: UTF8.self)
    }

    private static func symbols(_ settings: String) throws -> String? {
        struct Configuration: Decodable {
            struct Text: Decodable { let alphabet: String }
            let text: Text
        }
        let alphabet = try JSONDecoder().decode(Configuration.self, from: Data(settings.utf8)).text.alphabet
        return alphabet.isEmpty ? nil : alphabet
    }
}

/// What was asked for and what has been answered.
private struct Conversation {
    let process: CompanionProcess
    /// Numbers that were asked for, in the order of their answers.
    private var awaited: [Int] = []
    /// Answers that were met before they were wanted.
    private var ready: [Int: MadeSample] = [:]

    /// The most numbers that are asked for ahead: few enough for their pipe, so that asking never waits.
    private static let limit = 256
    init(process: CompanionProcess) { self.process = process }

    mutating func request(_ number: Int) {
        if awaited.count < Self.limit { ask(number) }
    }

    mutating func sample(_ number: Int) throws -> MadeSample {
        if let sample = ready.removeValue(forKey: number) { return sample }
        if !awaited.contains(number) { ask(number) }
        while !awaited.isEmpty {
            let next = awaited.removeFirst()
            let (image, label) = try process.record()
            let sample = MadeSample(label: label, bytes: Array(image))
            if next == number { return sample }
            ready[next] = sample
        }
        preconditionFailure("sample \(number) was asked for")
    }

    /// Asks for a sample; that the program has ended is told where its answer is read.
    private mutating func ask(_ number: Int) {
        awaited.append(number)
        try? process.input.write(contentsOf: Data("\(number)\n".utf8))
    }
}
