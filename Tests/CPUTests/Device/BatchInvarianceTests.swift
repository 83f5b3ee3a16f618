import CPU
import Tensors
import TestSupport
import Testing

private let samples = 40

/// Whether the first, a middle and the last sample of a batch answer alone as they do in it.
///
/// - Parameter scalars: Scalars of all samples; `kernel` gets them as a tensor of the given samples.
private func differenceAlone(
    _ shape: Shape, _ kernel: (Tensor) -> Tensor
) -> Float {
    let scalars = wave([samples] + shape), length = shape.count
    let all = kernel(Tensor(scalars, shape: [samples] + shape, on: device)).scalars
    let outputs = all.count / samples
    return [0, samples / 2, samples - 1].map { index in
        let own = Array(scalars[index * length..<(index + 1) * length])
        let alone = kernel(Tensor(own, shape: [1] + shape, on: device)).scalars
        return relativeDifference(alone, Array(all[index * outputs..<(index + 1) * outputs]))
    }.max() ?? 0
}

private func + (first: Shape, second: Shape) -> Shape { Shape(first.dimensions + second.dimensions) }

/// Strides, dilations and odd channel counts, which are oneDNN's, and what our kernels compute.
@Test(arguments: ConvolutionCase.grid)
func anImagesConvolutionIsTheSameAloneAndInABatch(_ given: ConvolutionCase) {
    let kernel = Tensor.wave(given.kernel, seed: 1, on: device)
    let bias = Tensor.wave([given.kernel[3]], seed: 2, on: device)
    let shape = Shape([given.input[1], given.input[2], given.input[3]])
    #expect(
        differenceAlone(shape) { device.convolution($0, kernel: kernel, bias: bias, given.options) } <= 1e-5)
    #expect(
        differenceAlone(shape) { device.convolutionForward($0, kernel: kernel, bias: bias, given.options) }
            <= 1e-5)
}

/// Units that are no multiple of sixteen, whose products are not those of panels.
@Test(arguments: RecurrenceCase.kinds, [9, 20, 48])
func aSamplesRecurrenceIsTheSameAloneAndInABatch(_ kind: Recurrence.Kind, units: Int) {
    let weights = RecurrenceCase(recurrence: Recurrence(kind), shape: [1, 7, 20], units: units).weights(
        on: device)
    #expect(
        differenceAlone([7, 20]) { device.recurrence(RecurrentInput($0), weights, Recurrence(kind)).output }
            <= 1e-5)
}

/// The largest products of 40 rows are oneDNN's, those of one row ours.
@Test(arguments: [[19, 37], [512, 512], [1000, 1000]])
func aSamplesLinearProductIsTheSameAloneAndInABatch(_ sizes: [Int]) {
    let kernel = Tensor.wave([sizes[0], sizes[1]], seed: 1, on: device)
    let bias = Tensor.wave([sizes[1]], seed: 2, on: device)
    #expect(differenceAlone([sizes[0]]) { device.linear($0, kernel: kernel, bias: bias) } <= 1e-5)
}
