import Tensors
import Testing

@Test func aWindowsStepsDecideHowManyOutputsThereAre() {
    let window = Window(size: .square(2), strides: Extent(height: 2, width: 1), padding: .square(1))
    #expect(window.outputShape(of: [3, 4, 5, 1], channels: 7) == [3, 3, 6, 7])
}

/// TensorFlow's rule: ⌈size / stride⌉ outputs whatever the kernel, its dilation and the image.
@Test func samePaddingGivesOneOutputForEachStride() {
    for size in 1...7 {
        for (kernel, stride, dilation) in [(1, 1, 1), (1, 3, 1), (2, 1, 1), (2, 2, 1), (3, 2, 1), (4, 1, 2)] {
            let options = ConvolutionOptions(
                strides: .square(stride), padding: .same, dilation: .square(dilation))
            let shape = options.outputShape(of: [2, size, 4, 3], kernel: [kernel, kernel, 3, 5])
            #expect(shape == [2, (size + stride - 1) / stride, (4 + stride - 1) / stride, 5])
        }
    }
}

@Test func theGreaterHalfOfSamePaddingLiesBelowAndAtTheRight() {
    let options = ConvolutionOptions(strides: Extent(height: 2, width: 1), padding: .same)
    let margins = options.margins(of: [1, 5, 6, 1], kernel: [2, 4, 1, 1])
    #expect(margins.before == Extent(height: 0, width: 1))
    #expect(margins.after == Extent(height: 1, width: 2))
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
