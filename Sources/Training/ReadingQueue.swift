import Imaging
import Recognition

/// Images on their way through a recogniser: gathered by width until there are enough for a batch or too many
/// wait, and given back in their order.
struct ReadingQueue<Item: Sendable> {
    private let recognizer: Recognizer
    private var items: [Int: Item] = [:]
    private var results: [Int: Result<Transcript, any Error>] = [:]
    private var batches: [Int: [(index: Int, image: PreparedImage)]] = [:]
    private var widths: [Int: Int] = [:]
    private var first = 0
    private var end = 0
    private var waitingPixels = 0

    /// The greatest number of images that are in the queue.
    private static var limit: Int { 1024 }
    /// The greatest number of full batches' pixels that wait.
    private static var batchLimit: Int { 16 }

    init(_ recognizer: Recognizer) { self.recognizer = recognizer }

    /// Adds an image; may compute a batch.
    mutating func append(_ sample: PreparedSample<Item>) {
        items[end] = sample.item
        switch sample.image {
        case .success(let image): wait(image)
        case .failure(let error): results[end] = .failure(error)
        }
        end += 1
        while isCrowded, let width = widths[first] { compute(width) }
    }

    /// The earliest image's answer, where it is known; removes it.
    mutating func popFirst() -> (item: Item, result: Result<Transcript, any Error>)? {
        guard let result = results.removeValue(forKey: first), let item = items.removeValue(forKey: first)
        else { return nil }
        first += 1
        return (item, result)
    }

    /// Computes all that waits.
    mutating func finish() { for width in batches.keys.sorted() { compute(width) } }

    private var isCrowded: Bool {
        end - first >= Self.limit || waitingPixels > Self.batchLimit * recognizer.batchPixels
    }

    /// Lets the image of index `end` wait for others of its width.
    private mutating func wait(_ image: PreparedImage) {
        let width = image.image.width
        batches[width, default: []].append((end, image))
        widths[end] = width
        waitingPixels += image.image.pixels.count
        if batches[width, default: []].count >= recognizer.batchLimit(width: width) { compute(width) }
    }

    /// Computes the images that wait in the batch of the given width.
    private mutating func compute(_ width: Int) {
        let batch = batches.removeValue(forKey: width) ?? []
        let transcripts = recognizer.read(prepared: batch.map(\.image.image))
        for ((index, image), transcript) in zip(batch, transcripts) {
            results[index] = .success(
                recognizer.located(transcript, width: image.width, height: image.height))
            widths[index] = nil
            waitingPixels -= image.image.pixels.count
        }
    }
}
