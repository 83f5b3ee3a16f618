import CPU
import Tensors
import TestSupport
import Testing

private let shapes: [Shape] = [[], [5], [2, 3, 7], [2, 2, 9, 64], [300, 257]]

@Test(arguments: shapes, Activation.allCases)
func activationsAgreeWithTheReference(_ shape: Shape, _ activation: Activation) {
    let difference = disagreement { device in
        let input = device.scaled(.wave(shape, on: device), by: 4, plus: 0.5)
        let output = device.activation(input, activation)
        let gradient = device.activationBackward(
            .wave(shape, seed: 1, on: device), output: output, activation)
        return [output, gradient]
    }
    #expect(difference < 3e-6)
}

@Test(arguments: Activation.allCases)
func activationsKeepNotANumber(_ activation: Activation) {
    let output = device.activation(Tensor([.nan], shape: [1], on: device), activation)
    #expect(output.scalars[0].isNaN)
}

/// With seventeen channels, the layout of the convolution's output is padded with zeros.
@Test func activationsReadBlockedLayouts() {
    let difference = disagreement { device in
        let kernel = Tensor.wave([3, 3, 8, 17], seed: 1, on: device)
        let image = device.convolution(
            .wave([2, 5, 6, 8], on: device), kernel: kernel, bias: .wave([17], seed: 2, on: device),
            ConvolutionOptions())
        let output = device.activation(image, .sigmoid)
        let second = device.convolution(
            output, kernel: .wave([1, 1, 17, 3], on: device), bias: .wave([3], on: device),
            ConvolutionOptions())
        return [output, second, device.product(image, output), device.scaled(image, by: 2, plus: 1)]
    }
    #expect(difference < 1e-5)
}

@Test(arguments: shapes)
func productsAgreeWithTheReference(_ shape: Shape) {
    let difference = disagreement { device in
        let first = Tensor.wave(shape, on: device), second = Tensor.wave(shape, seed: 1, on: device)
        return [device.product(first, second), device.scaled(first, by: -2, plus: 1)]
    }
    #expect(difference == 0)
}
