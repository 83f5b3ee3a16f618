import COneDNN
import Tensors
import TestSupport
import Testing

@testable import CPU

/// The layouts in which a kernel may have stored 16-bit floats.
enum HalfLayout: CaseIterable, Sendable {
    case rowMajor, channelsFirst, blocksOf8, blocksOf16

    private var tag: dnnl_format_tag_t {
        switch self {
        case .rowMajor: dnnl_nhwc
        case .channelsFirst: dnnl_nchw
        case .blocksOf8: dnnl_nChw8c
        case .blocksOf16: dnnl_nChw16c
        }
    }

    /// A wave that the device stores in 16-bit floats, in this layout.
    func wave(_ shape: Shape, seed: Double = 0) -> Tensor {
        let layout = Descriptor(Descriptor.dimensions(shape), tag, dnnl_bf16)
        let floats = device.storage(of: .wave(shape, seed: seed, on: device)).memory
        return device.tensor(device.context.reordered(floats, to: layout), shape)
    }
}

/// Seventeen channels give blocked layouts with padding. Fifteen values in a row are less than a vector.
private let shape: Shape = [2, 1, 15, 17]

@Test(arguments: HalfLayout.allCases)
func halvesAreTheNearestNumbers(_ layout: HalfLayout) {
    #expect(layout.wave(shape).scalars == wave(shape).map(roundedToHalf))
}

@Test(arguments: HalfLayout.allCases)
func kernelsReadHalvesInEveryLayout(_ layout: HalfLayout) {
    let halves = layout.wave(shape), others = layout.wave(shape, seed: 1)
    let difference = disagreement { device in
        let isReference = device is ReferenceDevice
        let x = isReference ? Tensor.wave(shape, .bfloat16, on: device) : halves
        let y = isReference ? Tensor.wave(shape, seed: 1, .bfloat16, on: device) : others
        let sequence = device.reshaped(x, to: [2, 15, 17])
        let kernel = Tensor.wave([17, 12], seed: 2, on: device), bias = Tensor.wave([12], on: device)
        let weights = RecurrentWeights(
            kernel: kernel, recurrentKernel: .wave([3, 12], seed: 3, on: device), bias: bias)
        return [
            device.activation(x, .sigmoid), device.activationBackward(x, output: y, .tanh),
            device.scaled(x, by: 2, plus: 1), device.product(x, y), device.sum(x, y), sequence,
            device.reshaped(sequence, to: shape), device.reshaped(x, to: [30, 17]),
            device.concatenated(x, y), device.split(x, firstCount: 5).second,
            device.step(x, at: 0), device.stacked([x, y]), device.logSoftmax(x),
            device.linear(x, kernel: kernel, bias: bias),
            device.recurrence(RecurrentInput(sequence), weights, Recurrence(.lstm)).output,
            device.convolution(
                x, kernel: .wave([1, 1, 17, 3], on: device), bias: .wave([3], on: device),
                ConvolutionOptions()),
            Tensor([Float(device.squaredNorm(x))], shape: [1], on: device),
        ]
    }
    #expect(difference < 1e-5)
}

@Test(arguments: HalfLayout.allCases)
func theGradientOfAReLUStaysInHalves(_ layout: HalfLayout) {
    var output = layout.wave(shape).scalars
    output[3] = 0
    output[4] = -0.0
    let halves = device.tensor(
        device.context.reordered(
            device.storage(of: Tensor(output, shape: shape, on: device)).memory,
            to: device.storage(of: layout.wave(shape)).memory.descriptor), shape)
    let gradient = device.activationBackward(.wave(shape, seed: 1, on: device), output: halves, .relu)
    let expected = zip(wave(shape, seed: 1), output).map { $1 > 0 ? roundedToHalf($0) : 0 }
    #expect(gradient.scalars == expected)
    #expect(device.storage(of: gradient).memory.descriptor.elementType == dnnl_bf16)
}

@Test(arguments: HalfLayout.allCases)
func aRectifierStaysInHalvesAndKeepsNaN(_ layout: HalfLayout) {
    var input = wave(shape)
    input[3] = .nan
    input[4] = -.nan
    input[5] = .infinity
    input[6] = -.infinity
    let halves = device.tensor(
        device.context.reordered(
            device.storage(of: Tensor(input, shape: shape, on: device)).memory,
            to: device.storage(of: layout.wave(shape)).memory.descriptor), shape)
    let output = device.activation(halves, .relu)
    #expect(device.storage(of: output).memory.descriptor.elementType == dnnl_bf16)
    for (found, given) in zip(output.scalars, input) {
        #expect(given.isNaN ? found.isNaN : found == roundedToHalf(max(0, given)))
    }
}

@Test func aParameterKeptInHalvesIsUpdatedInFloats() {
    var parameter = HalfLayout.blocksOf16.wave(shape)
    let before = parameter.scalars
    device.blend(&parameter, with: Tensor(repeating: 0, shape: shape, on: device), amount: 0.25)
    #expect(relativeDifference(parameter.scalars, before.map { $0 * 0.75 }) < 1e-6)
}
