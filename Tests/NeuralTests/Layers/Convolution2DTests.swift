import Files
import Neural
import Tensors
import TestSupport
import Testing

/// A kernel, its options and an image that it fits.
struct ConvolutionCase: CustomTestStringConvertible {
    let size: Extent
    var strides = Extent.square(1)
    var padding = Padding.none
    var dilation = Extent.square(1)
    var image = Extent(height: 4, width: 5)

    var testDescription: String {
        "\(size.height)×\(size.width) strides \(strides.height)×\(strides.width) padding \(padding) "
            + "dilation \(dilation.height)×\(dilation.width) on \(image.height)×\(image.width)"
    }

    static let all = [
        ConvolutionCase(size: .square(1)),
        ConvolutionCase(size: .square(3), padding: .square(1)),
        ConvolutionCase(size: .square(3)),
        ConvolutionCase(size: .square(2)),
        ConvolutionCase(size: Extent(height: 1, width: 2)),
        ConvolutionCase(size: .square(3), strides: .square(2), padding: .square(1)),
        ConvolutionCase(
            size: .square(2), strides: Extent(height: 2, width: 1),
            padding: .pixels(Extent(height: 0, width: 1))),
        ConvolutionCase(size: .square(2), padding: .same),
        ConvolutionCase(size: Extent(height: 4, width: 3), strides: .square(2), padding: .same),
        ConvolutionCase(size: .square(1), strides: .square(3), padding: .same),
        ConvolutionCase(size: .square(2), dilation: Extent(height: 3, width: 2)),
        ConvolutionCase(size: Extent(height: 2, width: 3), padding: .same, dilation: .square(2)),
        ConvolutionCase(size: .square(2), image: .square(2)),
        ConvolutionCase(size: .square(3), padding: .square(1), image: Extent(height: 3, width: 1)),
    ]
}

/// A convolution from 2 channels to 3. If inputs are multiples of ½, its sums are at least ⅛ from zero.
private func convolution(_ test: ConvolutionCase, _ activation: Activation) -> Convolution2D {
    var generator = SeededGenerator(seed: 1)
    var layer = Convolution2D(
        test.size, inputs: 2, outputs: 3,
        ConvolutionOptions(
            strides: test.strides, padding: test.padding, dilation: test.dilation, activation: activation),
        on: reference, using: &generator)
    layer.kernel.value = .halves(layer.kernel.value.shape, seed: 2)
    layer.bias.value = Tensor([0.125, -0.375, 0.625], shape: [3], on: reference)
    return layer
}

@Test(arguments: ConvolutionCase.all, [Activation.identity, .relu])
func convolutionGradientsAgreeWithDifferences(_ test: ConvolutionCase, _ activation: Activation) {
    let layer = convolution(test, activation)
    let images = Tensor.halves([2, test.image.height, test.image.width, 2], seed: 3)
    #expect(gradientMismatches(of: layer, input: images) == [])
}

@Test func aConvolutionTrainsOnWhatItInfers() {
    var layer = convolution(ConvolutionCase.all[1], .relu)
    let images = Tensor.halves([2, 4, 5, 2], seed: 3)
    #expect(layer(images).scalars == layer.forward(images).output.scalars)
}

@Test func aFirstConvolutionLearnsWithoutAnInputGradient() {
    var first = convolution(ConvolutionCase.all[1], .relu)
    var inner = first
    first.needsInputGradient = false
    let images = Tensor.halves([1, 4, 5, 2], seed: 3)
    let (output, cache) = first.forward(images)
    let gradient = Tensor.uniform(output.shape)
    let inputGradient = first.backward(gradient, cache)
    _ = inner.backward(gradient, inner.forward(images).cache)
    #expect(inputGradient.shape == images.shape && inputGradient.scalars.allSatisfy { $0 == 0 })
    #expect(first.kernel.gradient?.scalars == inner.kernel.gradient?.scalars)
    #expect(first.bias.gradient?.scalars == inner.bias.gradient?.scalars)
}

/// Each output of an all-ones kernel is the number of pixels under it, plus the bias.
@Test func paddingPixelsAreZeroAndStridesSkip() {
    func counts(_ strides: Extent, _ padding: Padding) -> Tensor {
        var generator = SeededGenerator(seed: 1)
        var layer = Convolution2D(
            .square(3), inputs: 1, outputs: 1, ConvolutionOptions(strides: strides, padding: padding),
            on: reference, using: &generator)
        layer.kernel.value = Tensor(repeating: 1, shape: [3, 3, 1, 1], on: reference)
        layer.bias.value = Tensor([0.5], shape: [1], on: reference)
        return layer(Tensor(repeating: 1, shape: [1, 3, 4, 1], on: reference))
    }
    let padded = counts(.square(1), .square(1))
    #expect(padded.shape == [1, 3, 4, 1])
    #expect(padded.scalars == [4, 6, 6, 4, 6, 9, 9, 6, 4, 6, 6, 4].map { $0 + 0.5 })
    let strided = counts(Extent(height: 2, width: 3), .pixels(Extent(height: 1, width: 0)))
    #expect(strided.shape == [1, 2, 1, 1])
    #expect(strided.scalars == [6.5, 6.5])
}

/// The kernel is not mirrored: its first column multiplies the left pixel.
@Test func aConvolutionCorrelates() {
    var generator = SeededGenerator(seed: 1)
    var layer = Convolution2D(
        Extent(height: 1, width: 2), inputs: 1, outputs: 2, .init(activation: .relu), on: reference,
        using: &generator)
    layer.kernel.value = Tensor([1, -1, 10, -10], shape: [1, 2, 1, 2], on: reference)
    let output = layer(Tensor([1, 2, 3], shape: [1, 1, 3, 1], on: reference))
    #expect(output.scalars == [21, 0, 32, 0])
}

/// Powers of two identify the pixels under each output, as in 27 = 1 + 2 + 8 + 16. An even kernel's odd pixel of
/// padding lies at the bottom and at the right.
@Test func samePaddingPutsTheOddPixelLast() {
    var generator = SeededGenerator(seed: 1)
    var layer = Convolution2D(
        .square(2), inputs: 1, outputs: 1, ConvolutionOptions(padding: .same), on: reference,
        using: &generator)
    layer.kernel.value = Tensor(repeating: 1, shape: [2, 2, 1, 1], on: reference)
    let image = Tensor([1, 2, 4, 8, 16, 32], shape: [1, 2, 3, 1], on: reference)
    #expect(layer(image).scalars == [27, 54, 36, 24, 48, 32])
}

@Test func aDilatedKernelSkipsPixels() {
    var generator = SeededGenerator(seed: 1)
    let options = ConvolutionOptions(dilation: Extent(height: 1, width: 2))
    var layer = Convolution2D(
        Extent(height: 1, width: 2), inputs: 1, outputs: 1, options, on: reference, using: &generator)
    layer.kernel.value = Tensor([1, 10], shape: [1, 2, 1, 1], on: reference)
    #expect(layer(Tensor([1, 2, 3, 4], shape: [1, 1, 4, 1], on: reference)).scalars == [31, 42])
}
