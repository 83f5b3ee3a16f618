import CPU
import Tensors
import TestSupport
import Testing

struct ConvolutionCase: Sendable, CustomTestStringConvertible {
    let input: Shape
    let kernel: Shape
    var options = ConvolutionOptions()

    var testDescription: String { "\(input) by \(kernel), \(options)" }

    static let grid: [ConvolutionCase] = {
        let same = ConvolutionOptions(padding: .square(1))
        let relu = ConvolutionOptions(padding: .square(1), activation: .relu)
        let sigmoid = ConvolutionOptions(padding: .square(1), activation: .sigmoid)
        var cases = [1, 3, 8, 17, 64].flatMap { channels in
            [
                ConvolutionCase(input: [2, 5, 7, channels], kernel: [3, 3, channels, 17], options: relu),
                ConvolutionCase(input: [1, 4, 6, channels], kernel: [2, 2, channels, 8]),
            ]
        }
        cases += [
            ConvolutionCase(input: [1, 1, 1, 1], kernel: [1, 1, 1, 1]),
            ConvolutionCase(input: [3, 6, 1, 8], kernel: [3, 3, 8, 16], options: same),
            ConvolutionCase(input: [2, 4, 9, 16], kernel: [1, 2, 16, 32]),
            ConvolutionCase(input: [2, 9, 4, 16], kernel: [3, 2, 16, 3], options: relu),
            ConvolutionCase(
                input: [2, 9, 8, 8], kernel: [3, 3, 8, 8],
                options: ConvolutionOptions(
                    strides: Extent(height: 2, width: 1), padding: .pixels(Extent(height: 1, width: 0)))),
            ConvolutionCase(
                input: [2, 5, 6, 8], kernel: [2, 4, 8, 16],
                options: ConvolutionOptions(strides: Extent(height: 2, width: 1), padding: .same)),
            ConvolutionCase(
                input: [1, 7, 6, 3], kernel: [3, 2, 3, 4],
                options: ConvolutionOptions(padding: .same, dilation: .square(2), activation: .tanh)),
            ConvolutionCase(
                input: [2, 6, 9, 8], kernel: [2, 3, 8, 8],
                options: ConvolutionOptions(dilation: Extent(height: 3, width: 2))),
            ConvolutionCase(
                input: [2, 9, 8, 16], kernel: [3, 3, 16, 16],
                options: ConvolutionOptions(
                    strides: Extent(height: 2, width: 3), padding: .pixels(Extent(height: 1, width: 0)),
                    activation: .relu)),
            ConvolutionCase(
                input: [3, 5, 6, 32], kernel: [2, 4, 32, 48],
                options: ConvolutionOptions(strides: Extent(height: 2, width: 1), padding: .same)),
            ConvolutionCase(input: [9, 8, 10, 16], kernel: [1, 1, 16, 32]),
            ConvolutionCase(input: [20, 8, 10, 16], kernel: [2, 2, 16, 16], options: relu),
            ConvolutionCase(
                input: [2, 9, 11, 16], kernel: [3, 3, 16, 16],
                options: ConvolutionOptions(padding: .same, dilation: .square(2))),
            ConvolutionCase(
                input: [2, 9, 11, 16], kernel: [2, 3, 16, 16],
                options: ConvolutionOptions(dilation: Extent(height: 1, width: 2))),
            ConvolutionCase(input: [2, 2, 27, 144], kernel: [2, 2, 144, 16], options: sigmoid),
            ConvolutionCase(input: [2, 5, 7, 3], kernel: [3, 3, 3, 17], options: sigmoid),
            ConvolutionCase(input: [2, 5, 7, 16], kernel: [3, 3, 16, 32], options: sigmoid),
            ConvolutionCase(input: [2, 5, 7, 1], kernel: [3, 3, 1, 16]),
            ConvolutionCase(input: [3, 9, 2, 1], kernel: [3, 3, 1, 24], options: relu),
            ConvolutionCase(
                input: [2, 4, 5, 1], kernel: [3, 3, 1, 8], options: ConvolutionOptions(padding: .square(3))),
            ConvolutionCase(input: [4, 8, 13, 64], kernel: [3, 3, 64, 64], options: relu),
        ]
        return cases
    }()
}

extension ConvolutionCase {
    /// The outputs of inference and training, for inputs of a precision.
    func outputs(_ precision: Precision = .float32, on device: any Device) -> [Tensor] {
        let input = Tensor.wave(input, precision, on: device)
        let kernel = Tensor.wave(kernel, seed: 1, precision, on: device)
        let bias = Tensor.wave([kernel.shape[3]], seed: 2, on: device)
        return [
            device.convolution(input, kernel: kernel, bias: bias, options),
            device.convolutionForward(input, kernel: kernel, bias: bias, options),
        ]
    }

    /// The gradients of input, kernel and bias.
    func gradients(_ precision: Precision = .float32, on device: any Device) -> [Tensor] {
        let input = Tensor.wave(input, precision, on: device)
        let kernel = Tensor.wave(kernel, seed: 1, precision, on: device)
        let bias = Tensor.wave([kernel.shape[3]], seed: 2, on: device)
        let output = device.convolutionForward(input, kernel: kernel, bias: bias, options)
        let gradients = device.convolutionBackward(
            .wave(output.shape, seed: 3, precision, on: device), input: input, kernel: kernel,
            output: output, options, needsInput: true)
        return [gradients.input, gradients.kernel, gradients.bias].compactMap(\.self)
    }
}

@Test(arguments: ConvolutionCase.grid)
func convolutionsAgreeWithTheReference(_ given: ConvolutionCase) {
    #expect(disagreement { given.outputs(on: $0) } < 2e-5)
}

@Test(arguments: ConvolutionCase.grid)
func gradientsOfConvolutionsAgreeWithTheReference(_ given: ConvolutionCase) {
    #expect(disagreement { given.gradients(on: $0) } < 3e-5)
}

@Test func theInputGradientIsLeftOutIfItIsNotNeeded() {
    let input = Tensor.wave([1, 4, 4, 2], on: device), kernel = Tensor.wave([3, 3, 2, 2], on: device)
    let bias = Tensor.wave([2], on: device)
    let output = device.convolutionForward(input, kernel: kernel, bias: bias, ConvolutionOptions())
    let gradients = device.convolutionBackward(
        output, input: input, kernel: kernel, output: output, ConvolutionOptions(), needsInput: false)
    #expect(gradients.input == nil)
}

@Test(arguments: [2, 3])
func aKernelChangedInPlaceIsPackedAnew(size: Int) {
    let input = Tensor.wave([1, 6, 6, 16], on: device), bias = Tensor(repeating: 0, shape: [16], on: device)
    var kernel = Tensor.wave([size, size, 16, 16], on: device)
    let before = device.convolution(input, kernel: kernel, bias: bias, ConvolutionOptions())
    device.blend(&kernel, with: Tensor(repeating: 0, shape: kernel.shape, on: device), amount: 0.5)
    let after = device.convolution(input, kernel: kernel, bias: bias, ConvolutionOptions())
    #expect(relativeDifference(after.scalars, before.scalars.map { $0 / 2 }) < 1e-5)
}
