import ArgumentParser
import CPU
import Tensors

/// In what to compute, as an option names it.
enum PrecisionOption: String, ExpressibleByArgument, CaseIterable {
    case f32, bf16, auto

    /// What the processor computes fastest, for `auto`.
    var precision: Precision {
        switch self {
        case .f32: .float32
        case .bf16: .bfloat16
        case .auto: CPUDevice.fastestPrecision
        }
    }

    static let help = ArgumentHelp(
        "In what to compute convolutions and recurrent layers' inputs: 32-bit floats, 16-bit ones, or auto, which takes "
            + "16-bit ones where the processor has instructions for them (AVX512_BF16).")
}

/// The device that computes, with the given number of threads or one per processor; says on standard error where
/// the processor has no kernels for a precision and 32-bit floats take its place.
func makeDevice(threads: Int?, _ precision: Precision, isDeterministic: Bool) -> CPUDevice {
    let device = CPUDevice(
        threads: threads, precision: precision, measuresAlgorithms: !isDeterministic)
    if device.precision != precision {
        StandardError.printLine(
            "warning: this processor cannot compute in \(precision.rawValue) (it lacks AVX-512); going on in "
                + device.precision.rawValue)
    }
    return device
}

/// What `--no-deterministic` means, for every command that computes.
let deterministicHelp = ArgumentHelp(
    "Compute by the same algorithms in every run, so that the same inputs give the same bits; or time them when a size "
        + "of images first comes, and keep the fastest.")
