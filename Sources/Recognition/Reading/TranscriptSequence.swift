import Imaging

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
