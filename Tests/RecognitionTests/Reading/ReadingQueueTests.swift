import Imaging
import TestSupport
import Testing

@testable import Recognition

@Suite struct ReadingQueueTests {
    private func prepared(_ width: Int) throws -> PreparedImage {
        let image = Image(width: width, height: 16, pixels: [UInt8](repeating: 90, count: 16 * width))
        return try PreparedImage(image, by: Preprocessor(height: 16, widthStep: 8))
    }

    @Test func batchesAreComputedWhenFull() throws {
        var recognizer = try randomRecognizer()
        recognizer.batchPixels = 3 * 16 * 24
        var queue = ReadingQueue<Int>(recognizer)
        for _ in 0..<2 { queue.append(24, .success(try prepared(24))) }
        #expect(queue.popFirst() == nil)
        queue.append(24, .success(try prepared(24)))
        #expect(queue.popFirst()?.item == 24)
    }

    @Test func aRareWidthDoesNotHoldUpTheOthersForever() throws {
        var recognizer = try randomRecognizer()
        recognizer.batchPixels = 2 * 16 * 24
        var queue = ReadingQueue<Int>(recognizer)
        queue.append(8, .success(try prepared(8)))
        var popped = 0
        for _ in 0..<1100 {
            queue.append(24, .success(try prepared(24)))
            while queue.popFirst() != nil { popped += 1 }
        }
        #expect(popped > 1000)
    }
}
