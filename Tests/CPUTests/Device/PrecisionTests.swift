import CPU
import Tensors
import TestSupport
import Testing

private let why: Comment = "oneDNN computes in 16-bit floats on AVX-512 only"

@Test func aDeviceComputesInWhatTheProcessorCan() {
    #expect(CPUDevice().precision == .float32)
    #expect(halfDevice.precision == (hasHalfKernels ? .bfloat16 : .float32))
    #expect(CPUDevice.supports(.float32) && CPUDevice.supports(CPUDevice.fastestPrecision))
}

/// Rounding changes a scalar by at most 2⁻⁹ of its value, once for each result of a kernel.
@Test(.enabled(if: hasHalfKernels, why), arguments: ConvolutionCase.grid)
func convolutionsOfHalvesAgreeWithTheReference(_ given: ConvolutionCase) {
    #expect(disagreement(of: halfDevice) { given.outputs(.bfloat16, on: $0) } < 4e-3)
    #expect(disagreement(of: halfDevice) { given.gradients(.bfloat16, on: $0) } < 8e-3)
}

@Test(.enabled(if: hasHalfKernels, why), arguments: PoolingCase.grid)
func poolingOfHalvesAgreesWithTheReference(_ given: PoolingCase) {
    let found = pooled(given, .bfloat16, on: halfDevice), expected = pooled(given, .bfloat16, on: reference)
    // Maxima are exact. Where windows overlap, up to nine gradients are added, with a rounding to 8 bits for each.
    for (index, limit) in ([1e-6, 1e-6, 9 * 0x1p-9] as [Float]).enumerated() {
        #expect(relativeDifference(found[index], expected[index]) < limit, "result \(index)")
    }
}

@Test(.enabled(if: hasHalfKernels, why), arguments: imageShapes, [Activation.identity, .relu])
func normalizationOfHalvesAgreesWithTheReference(_ shape: Shape, _ activation: Activation) {
    #expect(disagreement(of: halfDevice) { normalized(shape, activation, .bfloat16, on: $0) } < 2e-2)
}

/// The forward product has exact inputs. In the backward pass, the gradients of the gates are rounded. With 64
/// features, the kernel of an LSTM of 16 units is square.
@Test(.enabled(if: hasHalfKernels, why), arguments: RecurrenceCase.kinds, [1, 9, 16, 32])
func recurrencesOfHalvesAgreeWithTheReference(_ kind: Recurrence.Kind, _ units: Int) {
    for shape: Shape in [[1, 1, 1], [3, 7, 17], [37, 3, 5], [4, 26, 64]] {
        let given = RecurrenceCase(
            recurrence: Recurrence(kind), shape: shape, units: units, startsFromStates: units == 9,
            precision: .bfloat16)
        let found = given.results(on: halfDevice), expected = given.results(on: reference)
        let forward = 2 + (units == 9 ? 2 * kind.states : 0)
        for (index, pair) in zip(found, expected).enumerated() {
            let difference = relativeDifference(pair.0, pair.1)
            #expect(difference < (index < forward ? 1e-4 : 1e-2), "\(shape), result \(index)")
        }
    }
}

/// Rounding may change the winner in pooling or the sign before a ReLU; a single such gradient is a tenth of the whole.
/// With these numbers of channels, none changes.
@Test(.enabled(if: hasHalfKernels, why), arguments: [1, 5, 64])
func chainsOfKernelsOfHalvesAgreeWithTheReference(_ channels: Int) {
    let found = chain(channels, on: halfDevice), expected = chain(channels, on: reference)
    for (index, pair) in zip(found, expected).enumerated() {
        #expect(pair.0.shape == pair.1.shape)
        let distance = zip(pair.0.scalars, pair.1.scalars).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        let size = pair.1.scalars.reduce(0) { $0 + $1 * $1 }
        #expect(distance.squareRoot() < 0.05 * size.squareRoot(), "result \(index)")
    }
}
