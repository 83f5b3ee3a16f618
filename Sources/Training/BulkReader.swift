public import Imaging
public import Recognition

/// Reads any number of images in bounded memory: background threads load and prepare the next ones while the
/// device computes, and images of one padded width are computed together.
public struct BulkReader: Sendable {
    /// What reads.
    public let recognizer: Recognizer
    /// How many threads load and prepare images.
    public let workers: Int
    /// How many images are loaded ahead of the device.
    public let lookahead: Int

    /// A reader that loads on `workers` threads, up to `lookahead` images ahead of the device.
    public init(_ recognizer: Recognizer, workers: Int = 2, lookahead: Int = 256) {
        (self.recognizer, self.workers, self.lookahead) = (recognizer, workers, lookahead)
    }

    /// Loads one image, or fails with the reason; the item says what it is an image of.
    public typealias Loading<Item> = @Sendable () -> (item: Item, image: Result<Image, any Error>)

    /// Reads the images of a stream.
    ///
    /// - Parameters:
    ///   - next: Yields what loads the next image, or nil at the end; called on a background thread.
    ///   - body: Takes each answer, or why there is none, in the order of the stream and on the caller's thread.
    ///     Where it throws, reading ends.
    public func read<Item: Sendable>(
        _ next: @escaping @Sendable () -> Loading<Item>?,
        _ body: (Item, Result<Transcript, any Error>) throws -> Void
    ) rethrows {
        let preprocessor = recognizer.preprocessor
        let prefetch = OrderedPrefetch<PreparedSample<Item>>(workers: workers, lookahead: lookahead) {
            guard let load = next() else { return nil }
            return { PreparedSample(load(), by: preprocessor) }
        }
        var queue = ReadingQueue<Item>(recognizer)
        while let sample = prefetch.next() {
            queue.append(sample)
            while let (item, result) = queue.popFirst() { try body(item, result) }
        }
        queue.finish()
        while let (item, result) = queue.popFirst() { try body(item, result) }
    }
}

/// An image that is ready for the network, with what is still needed of the original.
struct PreparedSample<Item: Sendable>: Sendable {
    let item: Item
    let image: Result<PreparedImage, any Error>

    init(_ loaded: (item: Item, image: Result<Image, any Error>), by preprocessor: Preprocessor) {
        item = loaded.item
        image = loaded.image.flatMap { original in
            Result {
                PreparedImage(
                    image: try preprocessor.prepare(original), width: original.width, height: original.height)
            }
        }
    }
}

/// A prepared image and its size before.
struct PreparedImage: Sendable {
    let image: Image
    let width: Int
    let height: Int
}
