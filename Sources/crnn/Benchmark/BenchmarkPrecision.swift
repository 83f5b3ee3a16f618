import ArgumentParser
import CPU
import CommandSupport
import Tensors

/// The values of `crnn benchmark --precision`.
enum BenchmarkPrecision: String, ExpressibleByArgument, CaseIterable, Encodable {
    case f32, bf16, int8, auto

    /// The precision of the computation; for `auto`, the faster of bf16 and f32 on this processor.
    var resolved: BenchmarkPrecision {
        guard self == .auto else { return self }
        return CPUDevice.fastestPrecision == .bfloat16 ? .bf16 : .f32
    }

    /// The precision of the matrix product whose rate is the peak.
    var product: ProductPrecision {
        switch resolved {
        case .bf16: .bfloat16
        case .int8: .int8
        case .f32, .auto: .float32
        }
    }

    /// Throws if the processor does not support the precision.
    func validate() throws(CommandError) {
        guard CPUDevice.supports(precision) else {
            throw CommandError("this processor does not support bf16 (it lacks AVX-512); give f32 or auto")
        }
    }

    /// The precision of the device. For int8 it is float32; the model is quantized.
    var precision: Precision { resolved == .bf16 ? .bfloat16 : .float32 }
}
