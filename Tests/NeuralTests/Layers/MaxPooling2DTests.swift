import Neural
import Tensors
import TestSupport
import Testing

/// The two windows of the CRNN paper, and one with overlapping neighbours.
private let windows = [
    Window(size: .square(2), strides: .square(2)),
    Window(
        size: .square(2), strides: Extent(height: 2, width: 1), padding: Extent(height: 0, width: 1)),
    Window(size: .square(3), strides: .square(1), padding: .square(1)),
]

@Test(arguments: windows, [Extent(height: 4, width: 6), Extent(height: 5, width: 3), Extent.square(2)])
func poolingGradientsAgreeWithDifferences(_ window: Window, _ image: Extent) {
    let images = Tensor.distinctTenths([2, image.height, image.width, 2])
    #expect(gradientMismatches(of: MaxPooling2D(window), input: images) == [])
    #expect(gradientMismatches(of: MaxPooling2D(window, relu: true), input: images) == [])
}

@Test(arguments: windows)
func theReLUAfterPoolingGivesWhatOneBeforeItGives(_ window: Window) {
    let images = Tensor.wave([2, 4, 6, 3], on: reference)
    let rectified = reference.activation(images, .relu)
    #expect(MaxPooling2D(window, relu: true)(images).scalars == MaxPooling2D(window)(rectified).scalars)
}

@Test(arguments: windows)
func poolingTrainsOnWhatItInfers(_ window: Window) {
    var layer = MaxPooling2D(window)
    let images = Tensor.distinctTenths([2, 4, 5, 2])
    #expect(layer(images).scalars == layer.forward(images).output.scalars)
}

@Test func theFirstOfEqualPixelsTakesTheGradient() {
    var layer = MaxPooling2D(windows[0])
    let (output, cache) = layer.forward(Tensor(repeating: 3, shape: [1, 2, 2, 1], on: reference))
    let gradient = layer.backward(Tensor(repeating: 5, shape: output.shape, on: reference), cache)
    #expect(gradient.scalars == [5, 0, 0, 0])
}

@Test func paddingNeverWinsOverNegativePixels() {
    let output = MaxPooling2D(windows[1])(Tensor([-1, -2, -3, -4], shape: [1, 2, 2, 1], on: reference))
    #expect(output.shape == [1, 1, 3, 1])
    #expect(output.scalars == [-1, -1, -2])
}
