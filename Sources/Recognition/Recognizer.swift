public import Imaging
import Neural
public import Tensors

/// Reads images: a model, its alphabet and its preprocessing.
///
/// An image's answer is the same alone or among others, but for the rounding of scores: only images of one padded
/// width share a batch, and nothing in the network looks across a batch.
public struct Recognizer: Sendable {
    /// The network, as inference wants it: see ``CRNN/foldedForInference()``.
    public let model: CRNN
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

    /// A recogniser over a trained model, with the weights that it has now.
    public init(
        model: CRNN, alphabet: Alphabet, preprocessor: Preprocessor,
        decoder: any CTCDecoder = GreedyDecoder(),
        on device: any Device
    ) {
        self.model = model.foldedForInference()
        self.alphabet = alphabet
        self.preprocessor = preprocessor
        self.decoder = decoder
        self.device = device
    }

    /// One transcript per image, in order.
    public func read(_ images: [Image]) throws(PreprocessingError) -> [Transcript] {
        var prepared: [Image] = []
        for image in images { prepared.append(try preprocessor.prepare(image)) }
        return zip(read(prepared: prepared), images).map { located($0, width: $1.width, height: $1.height) }
    }

    /// One transcript, without spans, per image that the preprocessor has prepared; widths may differ.
    public func read(prepared: [Image]) -> [Transcript] {
        var transcripts = [Transcript](
            repeating: Transcript(text: "", confidence: 0, symbols: []), count: prepared.count)
        for (width, members) in Dictionary(grouping: prepared.indices, by: { prepared[$0].width }) {
            let limit = batchLimit(width: width)
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

    /// How many prepared images of the given width are computed at once, at least 1.
    public func batchLimit(width: Int) -> Int { max(1, batchPixels / (width * preprocessor.height)) }

    /// The transcript with each symbol's span: the range of the original image, `width` × `height` pixels, that
    /// its frames stand for.
    public func located(_ transcript: Transcript, width: Int, height: Int) -> Transcript {
        let scale = Float(width) / Float(preprocessor.scaledWidth(width, height))
        let frame = Float(model.configuration.frameWidth)
        let start = model.configuration.firstFrameCenter - frame / 2
        func position(_ boundary: Int) -> Float {
            min(max(0, (start + Float(boundary) * frame) * scale), Float(width))
        }
        var located = transcript
        for index in located.symbols.indices {
            let frames = located.symbols[index].frames
            located.symbols[index].span = position(frames.lowerBound)..<position(frames.upperBound)
        }
        return located
    }
}
