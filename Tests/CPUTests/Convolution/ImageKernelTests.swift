import CPU
import Tensors
import TestSupport
import Testing

let halving = Window(size: .square(2), strides: .square(2))
let flattening = Window(
    size: .square(2), strides: Extent(height: 2, width: 1), padding: Extent(height: 0, width: 1))
let imageShapes: [Shape] = [
    [1, 2, 2, 1], [2, 6, 5, 3], [3, 4, 7, 8], [1, 8, 2, 17], [2, 4, 9, 64], [2, 2, 2, 128],
]

private let overlapping = Window(size: .square(3), strides: .square(1), padding: .square(1))

struct PoolingCase: CustomTestStringConvertible {
    let shape: Shape
    let window: Window
    let relu: Bool

    var testDescription: String { "\(shape), \(window), relu \(relu)" }

    static let grid = imageShapes.flatMap { shape in
        [halving, flattening, overlapping].flatMap { window in
            [false, true].map { PoolingCase(shape: shape, window: window, relu: $0) }
        }
    }
}

/// Inference, training and gradient of max pooling.
func pooled(_ given: PoolingCase, _ precision: Precision, on device: any Device) -> [Tensor] {
    let input = image(given.shape, precision, on: device)
    let (output, workspace) = device.maxPoolingForward(input, given.window, relu: given.relu)
    let gradient = device.maxPoolingBackward(
        .wave(output.shape, seed: 1, precision, on: device), inputShape: given.shape, given.window, workspace)
    return [device.maxPooling(input, given.window, relu: given.relu), output, gradient]
}

/// All results of batch normalization.
func normalized(
    _ shape: Shape, _ activation: Activation, _ precision: Precision, on device: any Device
) -> [Tensor] {
    let input = image(shape, precision, on: device)
    let parameters = NormalizationParameters(
        scale: .wave([shape.last], seed: 1, on: device), shift: .wave([shape.last], seed: 2, on: device),
        epsilon: 1e-3, activation: activation)
    let batch = device.batchNormalizationForward(input, parameters)
    let gradients = device.batchNormalizationBackward(
        .wave(shape, seed: 3, precision, on: device), input: input, batch: batch, parameters)
    let inferred = device.batchNormalization(input, mean: batch.mean, variance: batch.variance, parameters)
    return [
        batch.output, batch.mean, batch.variance, inferred, gradients.input, gradients.scale,
        gradients.shift,
    ]
}

/// A wave. In 16-bit floats, it is the output of a convolution that changes nothing.
private func image(_ shape: Shape, _ precision: Precision, on device: any Device) -> Tensor {
    image(Tensor.wave(shape, precision, on: device), precision, on: device)
}

/// An image. In 16-bit floats, it is the output of a convolution that changes nothing.
func image(_ image: Tensor, _ precision: Precision, on device: any Device) -> Tensor {
    guard precision == .bfloat16, image.shape.rank == 4 else { return image }
    let channels = image.shape[3]
    let identity = (0..<channels * channels).map { Float($0 % (channels + 1) == 0 ? 1 : 0) }
    return device.convolutionForward(
        image, kernel: Tensor(identity, shape: [1, 1, channels, channels], on: device),
        bias: Tensor(repeating: 0, shape: [channels], on: device), ConvolutionOptions())
}

@Test(arguments: PoolingCase.grid)
func poolingAgreesWithTheReference(_ given: PoolingCase) {
    #expect(disagreement { pooled(given, .float32, on: $0) } < 1e-6)
}

@Test(arguments: [false, true])
func whatIsNotANumberWinsInPooling(relu: Bool) {
    var scalars = wave([1, 4, 4, 8])
    scalars[5 * 8] = .nan
    let input = Tensor(scalars, shape: [1, 4, 4, 8], on: device)
    #expect(device.maxPooling(input, halving, relu: relu).scalars[0].isNaN)
}

@Test func theFirstOfEqualsWinsInPooling() {
    let difference = disagreement { device in
        let input = Tensor(repeating: 1, shape: [1, 4, 4, 8], on: device)
        let (output, workspace) = device.maxPoolingForward(input, flattening)
        let gradient = Tensor.wave(output.shape, on: device)
        return [device.maxPoolingBackward(gradient, inputShape: input.shape, flattening, workspace)]
    }
    #expect(difference < 1e-6)
}

@Test(arguments: imageShapes + [[6, 5], [2, 3, 7]], [Activation.identity, .relu, .sigmoid])
func normalizationAgreesWithTheReference(_ shape: Shape, _ activation: Activation) {
    #expect(disagreement { normalized(shape, activation, .float32, on: $0) } < 1e-4)
}

/// Convolution, normalization, pooling, convolution and a reshape, which pass blocked layouts to each other.
func chain(_ channels: Int, on device: any Device) -> [Tensor] {
    let options = ConvolutionOptions(padding: .square(1), activation: .relu)
    let input = Tensor.wave([2, 4, 9, channels], on: device)
    let kernel = Tensor.wave([3, 3, channels, 24], seed: 1, on: device)
    let bias = Tensor.wave([24], seed: 2, on: device)
    let parameters = NormalizationParameters(
        scale: Tensor(repeating: 1, shape: [24], on: device), shift: bias, epsilon: 1e-3,
        activation: .relu)
    let valid = ConvolutionOptions()
    let second = Tensor.wave([2, 2, 24, 40], seed: 3, on: device)
    let secondBias = Tensor.wave([40], seed: 4, on: device)

    let a = device.convolutionForward(input, kernel: kernel, bias: bias, options)
    let b = device.batchNormalizationForward(a, parameters)
    let (c, winners) = device.maxPoolingForward(b.output, flattening)
    let d = device.convolutionForward(c, kernel: second, bias: secondBias, valid)
    let e = device.reshaped(d, to: [2, 9, 40])

    let de = Tensor.wave(e.shape, seed: 5, on: device)
    let dd = device.reshaped(
        device.linearBackward(de, input: e, kernel: .wave([40, 40], on: device)).input,
        to: d.shape)
    let dc = device.convolutionBackward(
        dd, input: c, kernel: second, output: d, valid, needsInput: true)
    guard let pooled = dc.input else { return [] }
    let db = device.maxPoolingBackward(pooled, inputShape: b.output.shape, flattening, winners)
    let da = device.batchNormalizationBackward(db, input: a, batch: b, parameters)
    let gradients = device.convolutionBackward(
        da.input, input: input, kernel: kernel, output: a, options, needsInput: true)
    return [e, dd, dc.kernel, dc.bias, da.scale, da.shift, gradients.kernel, gradients.bias]
        + [gradients.input].compactMap(\.self)
}

@Test(arguments: [1, 3, 64])
func chainsOfKernelsAgreeWithTheReference(_ channels: Int) {
    #expect(disagreement { chain(channels, on: $0) } < 1e-4)
}

/// A byte cannot number the pixels of so large a window.
@Test func poolingOfLargeWindowsAgreesWithTheReference() {
    let window = Window(size: .square(16), strides: .square(3), padding: .square(4))
    let given = PoolingCase(shape: [2, 17, 19, 8], window: window, relu: true)
    #expect(disagreement { pooled(given, .float32, on: $0) } < 1e-6)
}
