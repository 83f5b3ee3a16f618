public import Imaging

/// The transcripts of a stream of images, in its order; see ``Recognizer/read(_:workers:lookahead:load:)``.
public struct TranscriptSequence<Inputs: Sequence, Item: Sendable>: Sequence, IteratorProtocol
where Inputs.Iterator: Sendable {
    private let prefetch: OrderedPrefetch<Inputs, (item: Item, image: Result<PreparedImage, any Error>)>
    private var queue: ReadingQueue<Item>

    init(
        _ inputs: Inputs, _ recognizer: Recognizer, workers: Int, lookahead: Int,
        load: @escaping @Sendable (Inputs.Element) -> (item: Item, image: Result<Image, any Error>)
    ) {
        let preprocessor = recognizer.preprocessor
        prefetch = OrderedPrefetch(inputs, workers: workers, lookahead: lookahead) { input in
            let (item, image) = load(input)
            return (item, image.flatMap { image in Result { try PreparedImage(image, by: preprocessor) } })
        }
        queue = ReadingQueue(recognizer)
    }

    /// The next item with its transcript, or with the reason why there is none; computes as many batches as that needs.
    public mutating func next() -> (item: Item, result: Result<Transcript, any Error>)? {
        while true {
            if let answer = queue.popFirst() { return answer }
            guard let (item, image) = prefetch.next() else {
                queue.finish()
                return queue.popFirst()
            }
            queue.append(item, image)
        }
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
