import Tensors
import Testing

@Test func aWindowsStepsDecideHowManyOutputsThereAre() {
    let window = Window(size: .square(2), strides: Extent(height: 2, width: 1), padding: .square(1))
    #expect(window.outputShape(of: [3, 4, 5, 1], channels: 7) == [3, 3, 6, 7])
}

#if DEBUG
    /// Messages of preconditions are in debug builds only.
    @Test func aWindowThatDoesNotMoveIsNamed() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let window = Window(size: .square(2), strides: Extent(height: 2, width: 0))
            _ = window.outputShape(of: [1, 4, 4, 1], channels: 1)
        }
        let words = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(words.contains("a window that moves by 2×0"))
    }
#endif
