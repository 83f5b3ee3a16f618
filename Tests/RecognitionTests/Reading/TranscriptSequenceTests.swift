import Dispatch
import Files
import Imaging
import Neural
import Recognition
import Synchronization
import Tensors
import Testing

/// Lets loading and computing wait for each other: loading image k waits until computing image k − 2 has begun, and
/// computing image k waits until loading image k + 1 has begun. If one of them waits for the end of the other, time
/// runs out.
private final class Rendezvous: Sendable {
    static let images = 40
    private let loads = DispatchSemaphore(value: 0)
    private let computations = DispatchSemaphore(value: 0)
    private let computed = Atomic(0)
    private let missedWaits = Atomic(0)

    /// How many waits ran out of time.
    var missed: Int { missedWaits.load(ordering: .sequentiallyConsistent) }

    func load(_ index: Int) {
        if index > 0 { loads.signal() }
        if index > 1 { wait(for: computations) }
    }

    func compute() {
        computations.signal()
        let earlier = computed.wrappingAdd(1, ordering: .sequentiallyConsistent).oldValue
        if earlier < Self.images - 1 { wait(for: loads) }
    }

    private func wait(for semaphore: DispatchSemaphore) {
        guard semaphore.wait(timeout: .now() + .seconds(10)) == .timedOut else { return }
        missedWaits.wrappingAdd(1, ordering: .sequentiallyConsistent)
    }
}

/// A decoder that meets the loading thread and returns one text.
private struct MeetingDecoder: CTCDecoder {
    let rendezvous: Rendezvous

    func decode(_ scores: Tensor, _ alphabet: Alphabet) -> [Transcript] {
        rendezvous.compute()
        return (0..<scores.shape[0]).map { _ in Transcript(text: "a", confidence: 1, symbols: []) }
    }
}

private func recognizer(_ decoder: MeetingDecoder) throws -> Recognizer {
    let configuration = CRNNConfiguration(
        height: 4, convolutions: [CRNNConfiguration.Convolution(channels: 1)], recurrentUnits: 1,
        recurrentLayers: 1)
    let device = ReferenceDevice()
    var generator = SeededGenerator(seed: 1)
    let alphabet = try Alphabet(characters: "a")
    let model = try CRNN(configuration, classCount: alphabet.classCount, on: device, using: &generator)
    var recognizer = Recognizer(
        model: model, alphabet: alphabet, preprocessor: Preprocessor(height: 4, widthStep: 4),
        decoder: decoder, on: device)
    recognizer.batchPixels = 1
    return recognizer
}

@Test func imagesAreLoadedWhileEarlierOnesAreComputed() throws {
    let rendezvous = Rendezvous()
    let recognizer = try recognizer(MeetingDecoder(rendezvous: rendezvous))
    let image = Image(width: 4, height: 4, pixels: [UInt8](repeating: 9, count: 16))
    let results = recognizer.read(0..<Rendezvous.images, workers: 1) { index in
        rendezvous.load(index)
        return (index, .success(image))
    }
    #expect(results.map(\.item) == Array(0..<Rendezvous.images))
    #expect(rendezvous.missed == 0)
}
