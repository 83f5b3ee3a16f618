public import Imaging
import Neural
public import Tensors

/// Reads images: a model, its alphabet and its preprocessing.
///
/// An image's answer is the same alone or among others: only images of one padded width share a batch, and nothing
/// in the network looks across a batch.
public struct Recognizer: Sendable {
    /// The network.
    public var model: CRNN
    /// Its classes.
    public let alphabet: Alphabet
    /// What it expects of images.
    public let preprocessor: Preprocessor
    /// From scores to text.
    public var decoder: any CTCDecoder
    /// Where it runs.
    public let device: any Device
    /// The greatest number of pixels of prepared images that are computed at once; bounds memory.
    public var batchPixels = 64 * 32 * 128

    /// A recogniser over a trained model.
    public init(
        model: CRNN, alphabet: Alphabet, preprocessor: Preprocessor,
        decoder: any CTCDecoder = GreedyDecoder(),
        on device: any Device
    ) {
        self.model = model
        self.alphabet = alphabet
        self.preprocessor = preprocessor
        self.decoder = decoder
        self.device = device
    }

    /// One transcript per image, in order.
    public func read(_ images: [Image]) throws(PreprocessingError) -> [Transcript] {
        var prepared: [Image] = []
        for image in images { prepared.append(try preprocessor.prepare(image)) }
        var transcripts = read(prepared: prepared)
        for (index, image) in images.enumerated() { locate(&transcripts[index], in: image) }
        return transcripts
    }

    /// One transcript, without spans, per image that the preprocessor has prepared; widths may differ.
    public func read(prepared: [Image]) -> [Transcript] {
        var transcripts = [Transcript](
            repeating: Transcript(text: "", confidence: 0, symbols: []), count: prepared.count)
        for (width, members) in Dictionary(grouping: prepared.indices, by: { prepared[$0].width }) {
            let limit = max(1, batchPixels / (width * preprocessor.height))
            for start in stride(from: 0, to: members.count, by: limit) {
                let chosen = members[start..<min(start + limit, members.count)]
                let images = preprocessor.tensor(chosen.map { prepared[$0] }, on: device)
                for (index, transcript) in zip(chosen, decoder.decode(model(images), alphabet)) {
                    transcripts[index] = transcript
                }
            }
        }
        return transcripts
    }

    /// Gives each symbol the range of the original image that its frames stand for.
    private func locate(_ transcript: inout Transcript, in image: Image) {
        let scaledWidth = preprocessor.scaledWidth(image.width, image.height)
        let scale = Float(image.width) / Float(scaledWidth)
        let frame = Float(model.configuration.frameWidth)
        let start = model.configuration.firstFrameCenter - frame / 2
        func position(_ index: Int) -> Float {
            min(max(0, (start + Float(index) * frame) * scale), Float(image.width))
        }
        for index in transcript.symbols.indices {
            let frames = transcript.symbols[index].frames
            transcript.symbols[index].span = position(frames.lowerBound)..<position(frames.upperBound)
        }
    }
}
