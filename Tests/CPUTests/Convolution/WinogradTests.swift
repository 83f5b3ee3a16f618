import CPU
import Tensors
import TestSupport
import Testing

/// Convolutions by Winograd's algorithm: incomplete tiles on either side, all kinds of padding, one and many blocks of
/// tiles, a last step of one to six tiles, more terms than one product adds at once. All have at least 32 tiles, from
/// which on training uses the algorithm.
let winogradCases: [ConvolutionCase] = {
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
        // On either side, more panels of channels than groups of tiles.
        ConvolutionCase(
            input: [9, 5, 6, 32], kernel: [3, 3, 32, 272], options: options(.square(1), .relu)),
    ]
    return cases
}()

/// The tolerance of Winograd's algorithm: its sums differ from direct sums by up to 1.1e-5.
private let tolerance: Float = 2e-5

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

@Test(arguments: winogradCases)
func winogradConvolutionsAndTheirGradientsAgreeWithTheReference(_ given: ConvolutionCase) {
    #expect(disagreement { results(given, on: $0) } < tolerance)
}

@Test(arguments: [1, 2, 3])
func algorithmsThatAreChosenByTimingAgreeWithTheReference(threads: Int) {
    let given = ConvolutionCase(
        input: [2, 8, 13, 32], kernel: [3, 3, 32, 48],
        options: ConvolutionOptions(padding: .square(1), activation: .relu))
    let measured = CPUDevice(threads: threads, measuresAlgorithms: true)
    let expected = results(given, on: reference)
    for _ in 0..<2 {
        for (found, wanted) in zip(results(given, on: measured), expected) {
            #expect(relativeDifference(found, wanted) < tolerance)
        }
    }
}

/// Images of 1 to 26 tiles, so that the micro-kernel computes each number of rows. Kernels of 2×2 are products of
/// patches.
@Test(
    arguments: [[4, 4], [4, 8], [4, 12], [4, 26], [8, 50]], [2, 3])
func anImagesConvolutionDoesNotDependOnItsNeighbours(size: [Int], kernelSize: Int) {
    let options = ConvolutionOptions(padding: .square(1), activation: .relu)
    let kernel = Tensor.wave([kernelSize, kernelSize, 32, 32], seed: 1, on: device)
    let bias = Tensor.wave([32], on: device)
    func convolved(_ scalars: some Sequence<Float>, _ count: Int) -> [Float] {
        let images = Tensor(Array(scalars), shape: [count, size[0], size[1], 32], on: device)
        return device.convolution(images, kernel: kernel, bias: bias, options).scalars
    }
    let length = size[0] * size[1] * 32, scalars = wave([40, length])
    let all = convolved(scalars, 40)
    let outputs = all.count / 40
    for index in [0, 17, 39] {
        let alone = convolved(scalars[index * length..<(index + 1) * length], 1)
        let isSame = alone == Array(all[index * outputs..<(index + 1) * outputs])
        #expect(isSame)
    }
}

/// Without the cache, the values of a kernel are computed in passing, for 64 inputs at a time. The numbers of inputs lie
/// around 64.
@Test(arguments: [16, 64, 80, 272])
func kernelsGiveTheSameBitsWithAndWithoutCache(channels: Int) {
    let options = ConvolutionOptions(padding: .square(1), activation: .relu)
    let shape: Shape = [1, 7, 26, channels], kernel: Shape = [3, 3, channels, 48]
    func results(on device: any Device) -> [Tensor] {
        let (input, weights) = (Tensor.wave(shape, on: device), Tensor.wave(kernel, seed: 1, on: device))
        return (0..<2).map { _ in
            device.convolution(input, kernel: weights, bias: .wave([48], on: device), options)
        }
    }
    let uncachedDevice = CPUDevice(threads: 2, cachesKernels: false)
    #expect(disagreement(of: uncachedDevice) { results(on: $0) } < tolerance)
    let bits = (results(on: device) + results(on: uncachedDevice)).map(\.scalars)
    let isSame = bits.allSatisfy { $0 == bits[0] }
    #expect(isSame)
}
