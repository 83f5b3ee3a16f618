import CPU
import Imaging
import Neural
import Recognition
import Tensors
import Testing

/// The devices that must give one answer.
private let devices: [any Device] = [ReferenceDevice(), CPUDevice(threads: 2)]

/// Images of mixed sizes, some of which share a padded width.
private let pictures: [Image] = [
    waves(40, 16), waves(9, 20, 1), waves(100, 32, 2), waves(1, 1), waves(64, 16, 3), waves(35, 16, 4),
    waves(200, 50, 5), waves(60, 16, 6), waves(3, 90, 7), waves(64, 16, 3),
]

/// A recognizer with a small network of random weights, which reads letters everywhere.
private func recognizer(on device: any Device = ReferenceDevice()) throws -> Recognizer {
    var model = try network(tinyConfiguration(channels: 4, units: 8), classCount: 6, seed: 11, on: device)
    var magnification = Magnification()
    model.visitParameters(&magnification)
    return Recognizer(
        model: model, alphabet: try Alphabet(characters: "abcde"), preprocessor: Preprocessor(height: 16),
        on: device)
}

/// Multiplies the weights after the convolutions by eight, so that transcripts differ from image to image.
private struct Magnification: ParameterVisitor {
    var path: [String] = []

    mutating func visit(_ parameter: inout Parameter) {
        guard path.first != "convolutions" else { return }
        let value = parameter.value
        parameter.value = Tensor(value.scalars.map { $0 * 8 }, shape: value.shape, on: value.device)
    }
}

/// Whether two answers are one: the same text and frames, and confidences within 1e-5.
private func agree(_ first: Transcript, _ second: Transcript) -> Bool {
    first.text == second.text && abs(first.confidence - second.confidence) < 1e-5
        && zip(first.symbols, second.symbols).allSatisfy { one, other in
            one.frames == other.frames && one.span == other.span
                && abs(one.confidence - other.confidence) < 1e-5
        }
}

@Test(arguments: devices)
func anImagesAnswerIsTheSameAloneAndInAnyBatch(device: any Device) throws {
    let recognizer = try recognizer(on: device)
    let alone = try pictures.map { try recognizer.read([$0])[0] }
    #expect(Set(alone.map(\.text)).count >= 4, "the pictures should read differently")
    for rotation in pictures.indices {
        let order = pictures.indices.map { ($0 + rotation) % pictures.count }
        let together = try recognizer.read(order.map { pictures[$0] })
        for (index, transcript) in zip(order, together) {
            #expect(agree(transcript, alone[index]), "picture \(index), rotated by \(rotation)")
        }
    }
}

@Test(arguments: devices)
func anImagesScoresAreTheSameAloneAndInAnyBatch(device: any Device) throws {
    let recognizer = try recognizer(on: device)
    let images = try (0..<5).map { try recognizer.preprocessor.prepare(waves(50, 16, $0)) }
    let together = recognizer.model(recognizer.preprocessor.tensor(images, on: device)).scalars
    let alone = images.flatMap { image in
        recognizer.model(recognizer.preprocessor.tensor([image], on: device)).scalars
    }
    #expect(zip(together, alone).allSatisfy { abs($0 - $1) <= 1e-5 * max(1, abs($1)) })
}

@Test func theSizeOfBatchesChangesNoAnswer() throws {
    var recognizer = try recognizer()
    let whole = try recognizer.read(pictures)
    for pixels in [1, 16 * 64, 16 * 64 * 3] {
        recognizer.batchPixels = pixels
        for (one, other) in zip(try recognizer.read(pictures), whole) { #expect(agree(one, other)) }
    }
}

@Test func spansLieInsideTheImageFromLeftToRight() throws {
    let transcripts = try recognizer().read(pictures)
    #expect(transcripts.contains { $0.symbols.count > 1 })
    for (image, transcript) in zip(pictures, transcripts) {
        var left: Float = 0
        for symbol in transcript.symbols {
            #expect(symbol.span.lowerBound >= left && symbol.span.upperBound <= Float(image.width))
            left = symbol.span.upperBound
        }
    }
}

/// Answers with one symbol in given frames, whatever the scores.
private struct FixedDecoder: CTCDecoder {
    let frames: Range<Int>

    func decode(_ scores: Tensor, _ alphabet: Alphabet) -> [Transcript] {
        let symbol = Transcript.Symbol(text: "a", confidence: 1, frames: frames)
        return (0..<scores.shape[0]).map { _ in Transcript(text: "a", confidence: 1, symbols: [symbol]) }
    }
}

@Test(arguments: [
    (waves(64, 16), 1..<2, Float(2)..<6), (waves(64, 16), 0..<1, 0..<2), (waves(64, 16), 3..<6, 10..<22),
    (waves(64, 16), 16..<17, 62..<64), (waves(128, 32), 1..<2, 4..<12), (waves(20, 16), 6..<8, 20..<20),
    (waves(1, 90), 0..<4, 0..<1),
])
func framesStandForFourColumnsAroundTheirMiddle(image: Image, frames: Range<Int>, span: Range<Float>) throws {
    var recognizer = try recognizer()
    recognizer.decoder = FixedDecoder(frames: frames)
    #expect(try recognizer.read([image])[0].symbols[0].span == span)
}

@Test func spansAreThoseOfTheImageBeforeItsMarginsAreTrimmed() throws {
    var image = Image(width: 200, height: 48, pixels: [UInt8](repeating: 255, count: 200 * 48))
    for row in 16..<32 { for column in 100..<140 { image.pixels[row * 200 + column] = 0 } }
    let plain = try recognizer()
    var trimming = Recognizer(
        model: plain.model, alphabet: plain.alphabet,
        preprocessor: Preprocessor(height: 16, trimsMargins: true), on: plain.device)
    trimming.decoder = FixedDecoder(frames: 1..<2)
    // The area is 48 × 24 pixels from column 96 on, scaled by 2/3: frame 1 covers 2 to 6 pixels of it.
    #expect(try trimming.read([image])[0].symbols[0].span == 99..<105)
}

@Test func noImagesHaveNoTranscripts() throws {
    #expect(try recognizer().read([]).isEmpty)
}

@Test func oneTooWideImageIsAnError() throws {
    let recognizer = try recognizer()
    #expect(throws: PreprocessingError.self) { try recognizer.read([waves(30, 16), waves(20_000, 16)]) }
}

@Test func threadsThatShareARecognizerReadAsOneThreadDoes() async throws {
    let expected = try recognizer(on: CPUDevice(threads: 1)).read(pictures)
    let shared = try recognizer(on: CPUDevice(threads: 1))
    try await withThrowingTaskGroup(of: [Transcript].self) { group in
        for _ in 0..<4 { group.addTask { try shared.read(pictures) } }
        for try await transcripts in group { #expect(transcripts == expected) }
    }
}
