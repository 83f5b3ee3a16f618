import CPU
import CommandSupport
import Tensors

/// Creates the device with the given number of threads, by default one per processor. Prints a warning if the processor
/// does not support the precision, so that 32-bit floats are used instead.
///
/// - Parameter reusesKernels: Whether the model reads more than one image.
func makeDevice(
    threads: Int?, _ precision: Precision, isDeterministic: Bool, reusesKernels: Bool = true
) -> CPUDevice {
    let device = CPUDevice(
        threads: threads, precision: precision, measuresAlgorithms: !isDeterministic,
        reusesKernels: reusesKernels)
    if device.precision != precision {
        StandardError.printLine(
            "warning: this processor does not support \(precision.rawValue) (it lacks AVX-512); using "
                + "\(device.precision.rawValue) instead")
    }
    return device
}
