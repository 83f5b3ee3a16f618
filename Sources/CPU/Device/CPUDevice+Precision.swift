internal import COneDNN
public import Tensors

extension CPUDevice {
    /// Whether oneDNN can compute in a precision on this processor: 16-bit floats need AVX-512, without whose
    /// AVX512_BF16 they are slower than 32-bit ones.
    public static func supports(_ precision: Precision) -> Bool {
        precision == .float32 || InstructionSet.current >= .avx512
    }

    /// The precision that this processor computes fastest: 16-bit floats where it has instructions for them.
    public static var fastestPrecision: Precision {
        InstructionSet.current >= .avx512BFloat16 ? .bfloat16 : .float32
    }
}

extension Precision {
    /// The type as oneDNN names it.
    var elementType: dnnl_data_type_t { self == .bfloat16 ? dnnl_bf16 : dnnl_f32 }
}
