import CommandSupport
import Foundation
import Synchronization
import Training

/// Synthetic samples that a `crnn-synthesize --serve` process renders while the network trains.
final class SynthesizerSampleSource: SyntheticSampleSource {
    let settings: String
    let symbols: String?
    private let requests: Mutex<SampleRequests>

    /// Starts the program with the configuration and seed of `images`.
    init(_ images: SyntheticImageSettings) throws {
        let isPath = images.source.hasPrefix("/")
        let source = [isPath ? "--configuration" : "--preset", images.source, "--seed", "\(images.seed)"]
        settings = try Self.settings(source)
        symbols = try Self.symbols(settings)
        requests = Mutex(
            SampleRequests(to: try SynthesizerProcess(source + ["--serve"], for: Self.command)))
    }

    func request(_ number: Int) { requests.withLock { $0.request(number) } }

    func sample(at number: Int) throws -> SyntheticSample { try requests.withLock { try $0.sample(number) } }

    private static let command = "crnn train --synthesize"

    /// The complete configuration, as `crnn-synthesize --print-configuration` prints it.
    private static func settings(_ source: [String]) throws -> String {
        let process = try SynthesizerProcess(source + ["--print-configuration"], for: command)
        let output = try process.output.readToEnd() ?? Data()
        if let problem = process.end() { throw CommandError(problem) }
        return String(decoding: output, as: UTF8.self)
    }

    /// The alphabet in the configuration; nil if it is empty.
    private static func symbols(_ settings: String) throws -> String? {
        struct Configuration: Decodable {
            struct Text: Decodable { let alphabet: String }
            let text: Text
        }
        let alphabet = try JSONDecoder().decode(Configuration.self, from: Data(settings.utf8)).text.alphabet
        return alphabet.isEmpty ? nil : alphabet
    }
}
