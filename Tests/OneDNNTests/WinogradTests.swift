import OneDNN
import Tensors
import TestSupport
import Testing

/// Convolutions to which Winograd's algorithm applies: incomplete tiles on either side, paddings of every kind, one
/// and many blocks of tiles, a last step of one to six tiles, more terms than one product adds at once. All have the 32
/// tiles from which on it is used in training.
private let cases: [ConvolutionCase] = {
    func options(_ padding: Padding, _ activation: Activation = .identity) -> ConvolutionOptions {
        ConvolutionOptions(padding: padding, activation: activation)
    }
    var cases = (3...9).flatMap { width in
        [
            ConvolutionCase(
                input: [1, 4, width, 16], kernel: [3, 3, 16, 16], options: options(.square(1), .relu)),
            ConvolutionCase(
                input: [2, width, 11 - width, 32], kernel: [3, 3, 32, 16], options: options(.same)),
        ]
    }
    cases += [Padding.none, .square(2), .pixels(Extent(height: 0, width: 1)), .square(3)].map {
        ConvolutionCase(input: [8, 6, 9, 16], kernel: [3, 3, 16, 48], options: options($0, .relu))
    }
    cases += [
        ConvolutionCase(input: [4, 2, 40, 16], kernel: [3, 3, 16, 32], options: options(.square(1))),
        ConvolutionCase(
            input: [9, 5, 6, 272], kernel: [3, 3, 272, 16], options: options(.square(1), .relu)),
        ConvolutionCase(
            input: [9, 16, 61, 16], kernel: [3, 3, 16, 16], options: options(.square(1), .relu)),
    ]
    return cases
}()

/// The tolerance of Winograd's algorithm: its sums differ from direct ones by about 1e-6 of the largest.
private let tolerance: Float = 5e-6

private func results(_ given: ConvolutionCase, on device: any Device) -> [Tensor] {
    let input = Tensor.wave(given.input, on: device)
    let kernel = Tensor.wave(given.kernel, seed: 1, on: device)
    let bias = Tensor.wave([given.kernel[3]], seed: 2, on: device)
    let output = device.convolutionForward(input, kernel: kernel, bias: bias, given.options)
    let gradients = device.convolutionBackward(
        .wave(output.shape, seed: 3, on: device), input: input, kernel: kernel, output: output,
        given.options, needsInput: true)
    return [
        device.convolution(input, kernel: kernel, bias: bias, given.options), output, gradients.kernel,
        gradients.bias,
    ] + (gradients.input.map { [$0] } ?? [])
}

@Test(arguments: cases)
func winogradConvolutionsAndTheirGradientsAgreeWithTheReference(_ given: ConvolutionCase) {
    #expect(disagreement { results(given, on: $0) } < tolerance)
}

@Test(arguments: [1, 2, 3])
func algorithmsThatAreChosenByTimingAgreeWithTheReference(threads: Int) {
    let given = ConvolutionCase(
        input: [2, 8, 13, 32], kernel: [3, 3, 32, 48],
        options: ConvolutionOptions(padding: .square(1), activation: .relu))
    let measured = OneDNNDevice(threads: threads, measuresAlgorithms: true)
    let expected = results(given, on: reference)
    for _ in 0..<2 {
        for (found, wanted) in zip(results(given, on: measured), expected) {
            #expect(relativeDifference(found, wanted) < tolerance)
        }
    }
}

@Test func anImagesConvolutionDoesNotDependOnItsNeighbours() {
    let options = ConvolutionOptions(padding: .square(1), activation: .relu)
    let kernel = Tensor.wave([3, 3, 32, 32], seed: 1, on: device), bias = Tensor.wave([32], on: device)
    let size = 8 * 50 * 32, scalars = wave([40, 8, 50, 32])
    let all = device.convolution(
        Tensor(scalars, shape: [40, 8, 50, 32], on: device), kernel: kernel, bias: bias, options
    ).scalars
    for index in [0, 17, 39] {
        let own = Array(scalars[index * size..<(index + 1) * size])
        let alone = device.convolution(
            Tensor(own, shape: [1, 8, 50, 32], on: device), kernel: kernel, bias: bias, options)
        #expect(alone.scalars == Array(all[index * size..<(index + 1) * size]))
    }
}

@Test func whatIsNotANumberStaysVisibleAfterAConvolution() {
    let options = ConvolutionOptions(padding: .square(1), activation: .relu)
    var scalars = wave([1, 8, 8, 16])
    scalars[5 * 8 * 16] = .nan
    let output = device.convolution(
        Tensor(scalars, shape: [1, 8, 8, 16], on: device), kernel: .wave([3, 3, 16, 16], on: device),
        bias: .wave([16], on: device), options)
    #expect(output.scalars.reduce(0, +).isNaN)
}
