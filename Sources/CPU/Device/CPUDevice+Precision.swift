internal import CKernels
internal import COneDNN
public import Tensors

extension CPUDevice {
    /// Whether oneDNN can compute in a precision on this processor. 16-bit floats need AVX-512, and without AVX512_BF16
    /// they are slower than 32-bit floats.
    public static func supports(_ precision: Precision) -> Bool {
        precision == .float32 || InstructionSet.current >= .avx512
    }

    /// The fastest precision on this processor: 16-bit floats if it multiplies them faster than 32-bit floats. AMD's
    /// processors with AVX512_BF16 do, Intel's do not.
    public static var fastestPrecision: Precision {
        InstructionSet.current >= .avx512BFloat16 && crnn_bf16_is_fast() ? .bfloat16 : .float32
    }
}

extension Precision {
    /// The element type in oneDNN.
    var elementType: dnnl_data_type_t { self == .bfloat16 ? dnnl_bf16 : dnnl_f32 }
}
