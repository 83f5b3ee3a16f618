import CPU
import Tensors
import TestSupport

let reference = ReferenceDevice()
let device = CPUDevice(threads: 2)
/// Computes in 16-bit floats if the processor supports it.
let halfDevice = CPUDevice(threads: 2, precision: .bfloat16)
let hasHalfKernels = CPUDevice.supports(.bfloat16)

/// The largest relative difference between the results of a device and of the reference; see `relativeDifference`.
func disagreement(
    of device: CPUDevice = device, termSize: Float = 0, _ kernel: (any Device) -> [Tensor]
) -> Float {
    let found = kernel(device), expected = kernel(reference)
    guard found.count == expected.count else { return .infinity }
    return zip(found, expected).map { relativeDifference($0, $1, termSize: termSize) }.max() ?? 0
}

extension Tensor {
    /// A tensor of `wave` values, each rounded to a precision.
    static func wave(
        _ shape: Shape, seed: Double = 0, _ precision: Precision, on device: any Device
    ) -> Tensor {
        let values = TestSupport.wave(shape, seed: seed)
        return Tensor(
            precision == .bfloat16 ? values.map(roundedToHalf) : values, shape: shape, on: device)
    }
}

/// The nearest bfloat16, ties to even.
func roundedToHalf(_ value: Float) -> Float {
    let bits = value.bitPattern
    return Float(bitPattern: (bits &+ 0x7fff &+ (bits >> 16 & 1)) & 0xffff_0000)
}
