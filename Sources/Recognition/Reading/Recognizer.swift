public import Imaging
import Neural
public import Tensors

/// Reads images: a network with its alphabet, preprocessing and decoder.
///
/// An image gives the same transcript alone or among others, apart from the rounding of scores: only images of one
/// padded width share a batch, and no layer mixes the images of a batch.
public struct Recognizer: Sendable {
    /// The network for inference; see ``CRNN/foldedForInference()``.
    public let model: CRNN
    /// The symbols of the network's classes.
    public let alphabet: Alphabet
    /// Prepares images for the network.
    public let preprocessor: Preprocessor
    /// Turns scores into text.
    public var decoder: any CTCDecoder
    /// The device of the network's weights.
    public let device: any Device
    /// The greatest number of pixels of prepared images in a batch; it bounds memory.
    public var batchPixels = 64 * 32 * 128

    /// Creates a recognizer with the present weights of a trained model.
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

    /// One transcript per image, in order; throws if an image is too wide.
    public func read(_ images: [Image]) throws(PreprocessingError) -> [Transcript] {
        var prepared: [PreparedImage] = []
        for image in images { prepared.append(try PreparedImage(image, by: preprocessor)) }
        var queue = ReadingQueue<Void>(self)
        var transcripts: [Transcript] = []
        for image in prepared {
            queue.append((), .success(image))
            while case .success(let transcript)? = queue.popFirst()?.result { transcripts.append(transcript) }
        }
        queue.finish()
        while case .success(let transcript)? = queue.popFirst()?.result { transcripts.append(transcript) }
        return transcripts
    }

    /// The transcripts of prepared images of one width.
    func read(batch: [PreparedImage]) -> [Transcript] {
        let images = preprocessor.tensor(batch.map(\.image), on: device)
        return zip(decoder.decode(model(images), alphabet), batch).map(located)
    }

    /// The largest batch of prepared images.
    public var batchLimit: BatchLimit { BatchLimit(pixels: batchPixels, height: preprocessor.height) }

    /// The transcript with the span of each symbol: the horizontal range of the original image that its frames cover.
    private func located(_ transcript: Transcript, in image: PreparedImage) -> Transcript {
        let (width, height) = (image.area.width, image.area.height)
        let (left, scale) = (
            Float(image.area.columns.lowerBound),
            Float(width) / Float(preprocessor.scaledWidth(width, height))
        )
        let frame = Float(model.configuration.frameWidth)
        let start = model.configuration.firstFrameCenter - frame / 2
        func position(_ boundary: Int) -> Float {
            left + min(max(0, (start + Float(boundary) * frame) * scale), Float(width))
        }
        var located = transcript
        for index in located.symbols.indices {
            let frames = located.symbols[index].frames
            located.symbols[index].span = position(frames.lowerBound)..<position(frames.upperBound)
        }
        return located
    }
}

extension Recognizer {
    /// Reads any number of images in bounded memory.
    ///
    /// Background threads load and prepare the next images while the device computes. Images of one padded width are
    /// computed together. Dropping the sequence ends the threads.
    ///
    /// - Parameters:
    ///   - inputs: What to read, such as paths or indices. Its iterator runs on the background threads, on one at a
    ///     time.
    ///   - workers: The number of background threads, at least 1.
    ///   - lookahead: The greatest number of images that are loaded ahead of the device.
    ///   - load: Loads the image of an input on a background thread. The item that it returns names the image in the
    ///     results.
    /// - Returns: A sequence that can be iterated once: each item with its transcript, or with the reason why there is
    ///   none, in the order of the inputs.
    public func read<Inputs: Sequence, Item: Sendable>(
        _ inputs: Inputs, workers: Int = 2, lookahead: Int = 256,
        load: @escaping @Sendable (Inputs.Element) -> (item: Item, image: Result<Image, any Error>)
    ) -> TranscriptSequence<Inputs, Item> where Inputs.Iterator: Sendable {
        TranscriptSequence(inputs, self, workers: workers, lookahead: lookahead, load: load)
    }
}
