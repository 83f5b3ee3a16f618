import CPU
import CommandSupport
import Tensors

/// Creates the device with the given number of threads, by default one per processor. Prints a warning if the system
/// does not start as many, or if the processor does not support the precision, so that 32-bit floats are used instead.
///
/// - Parameter cachesKernels: Whether prepared convolution kernels are cached, which pays from the second image.
func makeDevice(
    threads: Int?, _ precision: Precision, isDeterministic: Bool, cachesKernels: Bool = true
) -> CPUDevice {
    let device = CPUDevice(
        threads: threads, precision: precision, measuresAlgorithms: !isDeterministic,
        cachesKernels: cachesKernels)
    if let threads, device.threads < threads {
        StandardError.printLine(
            "warning: the system starts only \(device.threads) of \(threads) threads (ulimit -u, ulimit -v); using "
                + "\(device.threads)")
    }
    if device.precision != precision {
        StandardError.printLine(
            "warning: this processor does not support \(precision.rawValue) (it lacks AVX-512); using "
                + "\(device.precision.rawValue) instead")
    }
    return device
}
