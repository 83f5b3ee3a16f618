import Imaging

/// Computes images in batches of one width, and returns the transcripts in the order of the images.
///
/// A batch is computed once it is full. If too many images wait, the batch that holds the earliest one is computed
/// before it is full.
struct ReadingQueue<Item: Sendable> {
    private let recognizer: Recognizer
    private var items: [Int: Item] = [:]
    private var results: [Int: Result<Transcript, any Error>] = [:]
    private var batcher: WidthBatcher<Entry>
    /// The width of each image that waits, by its number.
    private var widths: [Int: Int] = [:]
    private var first = 0
    private var end = 0
    private var waitingPixels = 0

    /// An image that waits, and its number.
    private struct Entry: Sendable {
        let index: Int
        let image: PreparedImage
    }

    /// The greatest number of images in the queue.
    private static var imageLimit: Int { 1024 }
    /// The pixels that may wait, in full batches.
    private static var waitingBatchLimit: Int { 16 }

    init(_ recognizer: Recognizer) {
        self.recognizer = recognizer
        batcher = WidthBatcher(limit: recognizer.batchLimit)
    }

    /// Adds an image, or the reason why there is none; may compute a batch.
    mutating func append(_ item: Item, _ image: Result<PreparedImage, any Error>) {
        items[end] = item
        switch image {
        case .success(let image): enqueue(Entry(index: end, image: image))
        case .failure(let error): results[end] = .failure(error)
        }
        end += 1
        while isCrowded, let width = widths[first] { compute(batcher.take(width: width)) }
    }

    /// Removes and returns the earliest image's result; nil if it is not known yet.
    mutating func popFirst() -> (item: Item, result: Result<Transcript, any Error>)? {
        guard let result = results.removeValue(forKey: first), let item = items.removeValue(forKey: first)
        else { return nil }
        first += 1
        return (item, result)
    }

    /// Computes all images that wait.
    mutating func finish() { while let batch = batcher.takeNarrowest() { compute(batch) } }

    private var isCrowded: Bool {
        end - first >= Self.imageLimit || waitingPixels > Self.waitingBatchLimit * recognizer.batchPixels
    }

    /// Adds an image to the batch of its width, and computes the batch if it is full.
    private mutating func enqueue(_ entry: Entry) {
        let image = entry.image.image
        widths[entry.index] = image.width
        waitingPixels += image.pixels.count
        if let batch = batcher.append(entry, width: image.width) { compute(batch) }
    }

    private mutating func compute(_ batch: [Entry]) {
        for (entry, transcript) in zip(batch, recognizer.read(batch: batch.map(\.image))) {
            results[entry.index] = .success(transcript)
            widths[entry.index] = nil
            waitingPixels -= entry.image.image.pixels.count
        }
    }
}
