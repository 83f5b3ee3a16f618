import ArgumentParser
import CPU
import Tensors

/// The numbers that `crnn benchmark` computes with.
enum BenchmarkPrecision: String, ExpressibleByArgument, CaseIterable, Encodable {
    case f32, bf16, int8, auto

    /// What is computed with in fact: `auto` becomes the fastest that there is.
    var resolved: BenchmarkPrecision {
        guard self == .auto else { return self }
        return CPUDevice.fastestPrecision == .bfloat16 ? .bf16 : .f32
    }

    /// The matrix product that bounds the speed.
    var product: ProductPrecision {
        switch resolved {
        case .bf16: .bfloat16
        case .int8: .int8
        case .f32, .auto: .float32
        }
    }

    /// Throws where the processor cannot compute with such numbers.
    func validate() throws(CommandError) {
        guard CPUDevice.supports(precision) else {
            throw CommandError("this processor cannot compute in bf16 (it lacks AVX-512); give f32 or auto")
        }
    }

    /// What the device computes in; whole numbers are a matter of the model.
    var precision: Precision { resolved == .bf16 ? .bfloat16 : .float32 }
}
