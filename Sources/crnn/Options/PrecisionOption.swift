import ArgumentParser
import CPU
import Tensors

/// The values of `--precision`.
enum PrecisionOption: String, ExpressibleByArgument, CaseIterable {
    case f32, bf16, auto

    /// The precision of the computation; for `auto`, the fastest that the processor supports.
    var precision: Precision {
        switch self {
        case .f32: .float32
        case .bf16: .bfloat16
        case .auto: CPUDevice.fastestPrecision
        }
    }

    static let help = ArgumentHelp(
        "The precision of convolutions and of the inputs of recurrent layers: 32-bit floats, bfloat16 (needs "
            + "AVX-512), or auto: bfloat16 on AMD's processors with AVX512_BF16, otherwise 32-bit floats.")
}
