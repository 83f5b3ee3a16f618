import Recognition
import Testing

/// Batches of at most 4 elements and 400 pixels, 10 pixels high.
private func batcher(_ widths: [Int]) -> WidthBatcher<Int> {
    var batcher = WidthBatcher<Int>(limit: BatchLimit(images: 4, pixels: 400, height: 10))
    for width in widths { batcher.insert(width, width: width) }
    return batcher
}

@Test func aFullWidthIsABatch() {
    var batcher = batcher([10, 8, 10, 10])
    #expect(batcher.append(8, width: 8) == nil)
    #expect(batcher.append(10, width: 10) == [10, 10, 10, 10])
    #expect(batcher.waiting == [8: [8, 8]])
}

@Test func theRestIsTakenFromTheWidestInBatchesOfSimilarWidths() {
    var batcher = batcher([4, 10, 5, 9, 3, 9, 8, 20, 1])
    var batches: [[Int]] = []
    while let batch = batcher.takeWidest() { batches.append(batch) }
    // Of width 20, two elements make a full batch; 1 is less than half of 4.
    #expect(batches == [[20, 10], [9, 9, 8, 5], [4, 3], [1]])
    #expect(batcher.takeWidest() == nil)
}

@Test func whatWaitsDeterminesTheRest() {
    var whole = batcher([7, 7, 6, 6, 6, 5, 4])
    _ = whole.takeWidest()
    var resumed = batcher(whole.waiting.keys.sorted().flatMap { whole.waiting[$0] ?? [] })
    #expect(whole.takeWidest() == resumed.takeWidest())
}
