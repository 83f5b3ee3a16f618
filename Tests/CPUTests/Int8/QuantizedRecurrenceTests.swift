import CPU
import Tensors
import TestSupport
import Testing

/// At each step, inputs and states are rounded to multiples of 1/32767 of the largest in their row, and the terms of
/// these waves cancel each other in the sums.
private let tolerance: Float = 1e-3

extension RecurrenceCase {
    /// The weights with int8 kernels.
    fileprivate func quantizedWeights(on device: any Device) -> RecurrentWeights {
        var weights = weights(on: device)
        weights.kernel = weights.kernel.quantized(on: device)
        weights.recurrentKernel = weights.recurrentKernel.quantized(on: device)
        return weights
    }

    fileprivate func outputs(on device: any Device) -> [Tensor] {
        let output = device.recurrence(input(on: device), quantizedWeights(on: device), recurrence)
        return [output.output] + output.state
    }
}

extension Tensor {
    fileprivate func quantized(on device: any Device) -> Tensor {
        let numbers = Int8Values(quantizing: scalars, columns: shape.last, limit: 127)
        return Tensor(int8: numbers, shape: shape, on: device)
    }
}

/// Features and units around 2 and 16, the sizes that a product computes at once; rows around 6.
@Test(
    arguments: RecurrenceCase.kinds,
    [[1, 1, 1], [1, 5, 3], [4, 1, 8], [3, 7, 17], [37, 3, 5], [2, 3, 700]] as [Shape])
func quantizedRecurrencesAgreeWithTheReference(_ kind: Recurrence.Kind, _ shape: Shape) {
    for units in [1, 4, 9, 32, 64] {
        for direction in [ScanDirection.forward, .backward] {
            let given = RecurrenceCase(
                recurrence: Recurrence(kind, direction), shape: shape, units: units,
                startsFromStates: units == 9)
            #expect(disagreement { given.outputs(on: $0) } < tolerance, "\(given.testDescription)")
        }
    }
}

@Test(arguments: MaskForm.allCases)
func maskedQuantizedRecurrencesAgreeWithTheReference(_ mask: MaskForm) {
    for zeroes in [false, true] {
        let given = RecurrenceCase(
            recurrence: Recurrence(.lstm, zeroOutputForMask: zeroes), mask: mask, startsFromStates: zeroes)
        #expect(disagreement { given.outputs(on: $0) } < tolerance, "\(given.testDescription)")
    }
}

@Test(arguments: [1, 2, 3])
func aSamplesQuantizedRecurrenceDoesNotDependOnItsNeighbours(threads: Int) {
    let device = CPUDevice(threads: threads)
    let given = RecurrenceCase(recurrence: Recurrence(.lstm), shape: [40, 7, 24], units: 20)
    let isSame = given.isBitEqualAlone(given.quantizedWeights(on: device), on: device)
    #expect(isSame)
}

@Test(arguments: [1, 2, 516, 517, 2000])
func sumsOfTheLargestInt8WeightsFit(features: Int) {
    for sign in [Float(1), -1] {
        let weights = RecurrentWeights(
            kernel: Tensor(
                int8: Int8Values([Int8](repeating: Int8(127 * sign), count: features), scales: [1]),
                shape: [features, 1], on: device),
            recurrentKernel: Tensor(repeating: 0, shape: [1, 1], on: device),
            bias: Tensor(repeating: 0, shape: [1], on: device))
        let input = RecurrentInput(Tensor(repeating: 3, shape: [1, 1, features], on: device))
        let output = device.recurrence(input, weights, Recurrence(.simple(.identity))).output.scalars
        #expect(abs(output[0] / (sign * 3 * 127 * Float(features)) - 1) < 1e-6)
    }
}

@Test(arguments: [Float.nan, .infinity, -.infinity])
func notANumberStaysVisibleAfterAQuantizedRecurrence(value: Float) {
    let given = RecurrenceCase(recurrence: Recurrence(.lstm), shape: [2, 3, 8], units: 16)
    var scalars = wave(given.shape)
    scalars[9] = value
    let output = device.recurrence(
        RecurrentInput(Tensor(scalars, shape: given.shape, on: device)), given.quantizedWeights(on: device),
        given.recurrence
    ).output.scalars
    #expect(output[16..<48].allSatisfy { $0.isNaN })
    #expect((output[0..<16] + output[48...]).allSatisfy { $0.isFinite })
}

@Test func rowsOfZerosAndOfHugeNumbersAreQuantized() {
    let shape: Shape = [1, 3, 4]
    let rows: [Float] = [0, 0, 0, 0, 1e38, -1e38, 3e37, 0, 1e-30, 2e-30, -1e-30, 0]
    let results = [reference, device].map { (device: any Device) in
        let weights = RecurrentWeights(
            kernel: Tensor.wave([4, 5], on: device).quantized(on: device),
            recurrentKernel: Tensor(repeating: 0, shape: [5, 5], on: device),
            bias: Tensor(repeating: 0, shape: [5], on: device))
        return device.recurrence(
            RecurrentInput(Tensor(rows, shape: shape, on: device)), weights,
            Recurrence(.simple(.identity))
        ).output
    }
    for step in 0..<3 {
        #expect(
            relativeDifference(device.step(results[1], at: step), reference.step(results[0], at: step))
                < tolerance)
    }
}

@Test func floatKernelsReadInt8Weights() {
    let difference = disagreement { device in
        let kernel = Tensor.wave([9, 20], seed: 1, on: device).quantized(on: device)
        return [device.linear(.wave([5, 9], on: device), kernel: kernel, bias: .wave([20], on: device))]
    }
    #expect(difference < 1e-5)
}
