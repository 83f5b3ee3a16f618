import Tensors
import TestSupport
import Testing

@testable import CPU

/// An image without negative values, as after a ReLU.
private func image(_ shape: Shape, on device: any Device) -> Tensor {
    Tensor(wave(shape).map { abs($0) }, shape: shape, on: device)
}

/// A kernel of waves, for inputs up to `greatest`.
private func kernel(
    _ shape: Shape, greatest: Float = 1, output: Float? = nil, on device: any Device
) -> QuantizedKernel {
    QuantizedKernel(
        quantizing: .wave(shape, seed: 1, on: device), bias: wave([shape[3]], seed: 2),
        inputScale: greatest / 255
    ).rescaled(output: output)
}

@Test(arguments: ConvolutionCase.grid)
func quantizedConvolutionsAgreeWithTheReference(_ given: ConvolutionCase) {
    let difference = disagreement { device in
        [
            device.quantizedConvolution(
                image(given.input, on: device), kernel(given.kernel, on: device), given.options)
        ]
    }
    #expect(difference < 1e-6)
}

@Test(arguments: ConvolutionCase.grid.filter { [.relu, .identity].contains($0.options.activation) })
func roundedResultsDifferByOneUnitAtMost(_ given: ConvolutionCase) {
    let results = [reference, device].map { (device: any Device) in
        device.quantizedConvolution(
            image(given.input, on: device), kernel(given.kernel, output: 0.05, on: device), given.options
        ).scalars.map { ($0 / 0.05).rounded() }
    }
    #expect(results[0].contains { $0 > 2 } && results[0].count == results[1].count)
    let differences = zip(results[0], results[1]).map { abs($0 - $1) }
    #expect((differences.max() ?? 0) <= 1)
    #expect(differences.count { $0 > 0 } * 1000 <= differences.count)
}

/// Both sizes of tiles. Large tiles are used from 24 of them on, if the sums of the weights are small enough.
@Test(
    .enabled(if: Int8Winograd.isPreferred, "oneDNN's direct algorithm is preferred"),
    arguments: winogradCases)
func int8WinogradConvolutionsGiveTheSameBits(_ given: ConvolutionCase) {
    for output in [nil, 0.05] as [Float?] {
        let results = [reference, device].map { (device: any Device) in
            device.quantizedConvolution(
                image(given.input, on: device), kernel(given.kernel, output: output, on: device),
                given.options
            ).scalars
        }
        let agree = results[0] == results[1]
        #expect(agree, "\(output.map { "with scale \($0)" } ?? "as floats")")
    }
}

/// Squares of 2×2 largest inputs give the largest values of patches of large tiles.
@Test(.enabled(if: Int8Winograd.isPreferred, "oneDNN's direct algorithm is preferred"))
func patchesOfTheGreatestValuesFit() {
    let shape: Shape = [4, 16, 16, 32]
    let scalars = (0..<shape.count).map { index -> Float in
        let (y, x) = (index / 512 % 16, index / 32 % 16)
        return y / 2 % 2 == x / 2 % 2 ? 255 : 0
    }
    let results = [reference, device].map { (device: any Device) in
        device.quantizedConvolution(
            Tensor(scalars, shape: shape, on: device), kernel([3, 3, 32, 16], greatest: 255, on: device),
            ConvolutionOptions(padding: .square(1))
        ).scalars
    }
    let agree = results[0] == results[1]
    #expect(agree)
}

/// A single image is convolved with small tiles, a batch with large ones.
@Test func anImagesQuantizedConvolutionDoesNotDependOnItsNeighbours() {
    let options = ConvolutionOptions(padding: .square(1), activation: .relu)
    let length = 8 * 26 * 32, scalars = wave([12, length]).map { abs($0) }
    func convolved(_ scalars: some Sequence<Float>, _ count: Int) -> [Float] {
        let images = Tensor(Array(scalars), shape: [count, 8, 26, 32], on: device)
        return device.quantizedConvolution(images, kernel([3, 3, 32, 48], on: device), options).scalars
    }
    let all = convolved(scalars, 12), size = all.count / 12
    for index in [0, 5, 11] {
        let alone = convolved(scalars[index * length..<(index + 1) * length], 1)
        let isSame = alone == Array(all[index * size..<(index + 1) * size])
        #expect(isSame)
    }
}

@Test(
    arguments: [Float(1), -1],
    [Shape([1, 5, 9, 64]), [8, 16, 16, 64], [8, 16, 16, 224], [8, 16, 16, 240]])
func sumsOfTheGreatestWeightsAndInputsAreExact(sign: Float, image: Shape) {
    let shape: Shape = [3, 3, image[3], 32]
    let sums = [reference, device].map { (device: any Device) in
        let weights = Tensor(
            int8: Int8Values(
                [Int8](repeating: Int8(sign * QuantizedKernel.weightLimit), count: shape.count)),
            shape: shape, on: device)
        let kernel = QuantizedKernel(
            weights: weights, scales: [Float](repeating: 1, count: 32),
            bias: [Float](repeating: 0, count: 32), inputScale: 1)
        let input = Tensor(repeating: 255, shape: image, on: device)
        return device.quantizedConvolution(input, kernel, ConvolutionOptions()).scalars
    }
    for found in sums { #expect(found.allSatisfy { $0 == sign * 64 * 255 * 9 * Float(image[3]) }) }
}

@Test func aChainStaysInUInt8AndAgreesWithTheReference() {
    let options = ConvolutionOptions(padding: .square(1), activation: .relu)
    let window = Window(
        size: .square(2), strides: Extent(height: 2, width: 1), padding: Extent(height: 0, width: 1))
    let results = [reference, device].map { (device: any Device) in
        let first = device.quantizedConvolution(
            image([2, 8, 9, 16], on: device), kernel([3, 3, 16, 24], output: 0.04, on: device), options)
        let pooled = device.maxPooling(first, window)
        let second = kernel([3, 3, 24, 16], greatest: 0.04 * 255, on: device)
        return (pooled, device.quantizedConvolution(pooled, second, options))
    }
    #expect(results[1].0.shape == [2, 4, 10, 24])
    #expect(relativeDifference(results[1].0, results[0].0) < 0.01)
    #expect(relativeDifference(results[1].1, results[0].1) < 0.01)
}

@Test func floatKernelsReadUInt8Images() {
    let options = ConvolutionOptions(padding: .square(1), activation: .relu)
    let difference = disagreement { device in
        let bytes = device.quantizedConvolution(
            image([2, 4, 6, 8], on: device), kernel([3, 3, 8, 16], output: 0.05, on: device), options)
        return [
            device.convolution(
                bytes, kernel: .wave([2, 2, 16, 8], on: device), bias: .wave([8], on: device),
                ConvolutionOptions()), device.scaled(bytes, by: 2, plus: 1),
            device.reshaped(bytes, to: [768]),
        ]
    }
    #expect(difference < 0.01)
}

@Test func notANumberCountsAsZero() {
    let shape: Shape = [1, 1, 1, 8]
    for device in [reference, device] as [any Device] {
        let input = Tensor([.nan, -1, .infinity, 0, 300, 0, 0, 0], shape: shape, on: device)
        let weights = Tensor(int8: Int8Values([1, 1, 1, 1, 1, 1, 1, 1]), shape: [1, 1, 8, 1], on: device)
        let kernel = QuantizedKernel(weights: weights, scales: [1], bias: [0], inputScale: 1)
        #expect(device.quantizedConvolution(input, kernel, ConvolutionOptions()).scalars == [510])
    }
}

@Test func int8WeightsAreStoredInBytes() {
    let numbers = (-128...127).map { Int8($0) }
    for device in [reference, device] as [any Device] {
        let tensor = Tensor(int8: Int8Values(numbers), shape: [16, 16], on: device)
        #expect(tensor.scalars == numbers.map { Float($0) })
        let bytes = tensor.bytes(.int8)
        let read = Tensor(.int8, shape: [256], on: device) { (span: inout MutableRawSpan, offset: Int) in
            for index in 0..<span.byteCount {
                span.storeBytes(of: bytes[offset + index], toByteOffset: index, as: UInt8.self)
            }
        }
        #expect(read.scalars == tensor.scalars)
    }
}
