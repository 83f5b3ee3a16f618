import Files
import Imaging
import Neural
import Tensors
import Testing

@testable import Recognition

/// A recognizer of random weights for images 16 pixels high.
private func recognizer() throws -> Recognizer {
    let configuration = CRNNConfiguration(
        height: 16,
        convolutions: [
            CRNNConfiguration.Convolution(channels: 4, pooling: .square),
            CRNNConfiguration.Convolution(channels: 4),
        ], recurrentUnits: 4, recurrentLayers: 1)
    let device = ReferenceDevice()
    var generator = SeededGenerator(seed: 3)
    let alphabet = try Alphabet(characters: "0123456789")
    var model = try CRNN(configuration, classCount: alphabet.classCount, on: device, using: &generator)
    let kernel = model.classifier.kernel.value
    model.classifier.kernel.value = Tensor(kernel.scalars.map { 8 * $0 }, shape: kernel.shape, on: device)
    return Recognizer(
        model: model, alphabet: alphabet, preprocessor: Preprocessor(height: 16, widthStep: 8), on: device)
}

@Suite struct ReadingQueueTests {
    private func prepared(_ width: Int) throws -> PreparedImage {
        let image = Image(width: width, height: 16, pixels: [UInt8](repeating: 90, count: 16 * width))
        return try PreparedImage(image, by: Preprocessor(height: 16, widthStep: 8))
    }

    @Test func batchesAreComputedWhenFull() throws {
        var recognizer = try recognizer()
        recognizer.batchPixels = 3 * 16 * 24
        var queue = ReadingQueue<Int>(recognizer)
        for _ in 0..<2 { queue.append(24, .success(try prepared(24))) }
        #expect(queue.popFirst() == nil)
        queue.append(24, .success(try prepared(24)))
        #expect(queue.popFirst()?.item == 24)
    }

    @Test func aRareWidthDoesNotHoldUpTheOthersForever() throws {
        var recognizer = try recognizer()
        recognizer.batchPixels = 2 * 16 * 24
        var queue = ReadingQueue<Int>(recognizer)
        queue.append(8, .success(try prepared(8)))
        var popped = 0
        for _ in 0..<1100 {
            queue.append(24, .success(try prepared(24)))
            while queue.popFirst() != nil { popped += 1 }
        }
        #expect(popped > 1000)
    }
}
