import Files
import Foundation
import Imaging
import Neural
import Recognition
import Synchronization
import Tensors
import Testing
import Training

/// Adds up the time that pieces of work take, on whatever thread.
private final class Tally: Sendable {
    private let spent = Mutex(Duration.zero)

    var total: Duration { spent.withLock { $0 } }

    /// Works for some milliseconds without use of the processor.
    func pause(milliseconds: Int) {
        let time = ContinuousClock().measure { Thread.sleep(forTimeInterval: Double(milliseconds) / 1000) }
        spent.withLock { $0 += time }
    }
}

/// A decoder that takes some milliseconds for a batch, and answers one text.
private struct SlowDecoder: CTCDecoder {
    let tally: Tally
    let milliseconds: Int

    func decode(_ scores: Tensor, _ alphabet: Alphabet) -> [Transcript] {
        tally.pause(milliseconds: milliseconds)
        return (0..<scores.shape[0]).map { _ in Transcript(text: "a", confidence: 1, symbols: []) }
    }
}

private func recognizer(_ decoder: SlowDecoder) throws -> Recognizer {
    let configuration = CRNNConfiguration(
        height: 4, convolutions: [CRNNConfiguration.Convolution(channels: 1)], recurrentUnits: 1,
        recurrentLayers: 1)
    let device = ReferenceDevice()
    var generator = SeededGenerator(seed: 1)
    let alphabet = try Alphabet(characters: "a")
    let model = try CRNN(configuration, classes: alphabet.classes, on: device, using: &generator)
    var recognizer = Recognizer(
        model: model, alphabet: alphabet, preprocessor: Preprocessor(height: 4, widthStep: 4),
        decoder: decoder, on: device)
    recognizer.batchPixels = 1
    return recognizer
}

@Suite struct BulkReaderTests {
    /// Loading and computing share no processor here: the one sleeps while the other does.
    @Test(arguments: [(6, 6), (2, 8), (8, 2)])
    func readingTakesTheTimeOfTheSlowerOfLoadingAndComputing(loading: Int, computing: Int) throws {
        let (loads, computations) = (Tally(), Tally())
        let reader = BulkReader(
            try recognizer(SlowDecoder(tally: computations, milliseconds: computing)), workers: 1)
        let image = Image(width: 4, height: 4, pixels: [UInt8](repeating: 9, count: 16))
        let begun = Counter()
        let next: @Sendable () -> BulkReader.Loading<Int>? = {
            let number = begun.increment()
            guard number < 40 else { return nil }
            return {
                loads.pause(milliseconds: loading)
                return (number, .success(image))
            }
        }
        var read: [Int] = []
        let elapsed = ContinuousClock().measure { reader.read(next) { number, _ in read.append(number) } }
        #expect(read == Array(0..<40))
        let (slower, sum) = (max(loads.total, computations.total), loads.total + computations.total)
        #expect(elapsed < slower + (sum - slower) * 0.6, "\(loads.total) and \(computations.total)")
    }
}
