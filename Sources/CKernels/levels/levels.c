#include "levels.h"

crnn_instruction_set crnn_processor_instruction_set(void) {
#if defined(__x86_64__)
    bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    bool has_avx512 = has_avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
                      && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    bool has_vnni = has_avx512 && __builtin_cpu_supports("avx512vnni");
    bool has_bf16 = has_vnni && __builtin_cpu_supports("avx512bf16");
    return has_bf16     ? crnn_avx512_bf16
           : has_vnni   ? crnn_avx512_vnni
           : has_avx512 ? crnn_avx512
           : has_avx2   ? crnn_avx2
                        : crnn_baseline;
#else
    return crnn_baseline;
#endif
}

const crnn_kernels *crnn_kernels_for(crnn_instruction_set set) {
    switch (set) {
#if defined(__x86_64__)
    case crnn_avx512_bf16:
    case crnn_avx512_vnni: return &crnn_avx512_vnni_kernels;
    case crnn_avx512: return &crnn_avx512_kernels;
    case crnn_avx2: return &crnn_avx2_kernels;
#endif
    default: return &crnn_baseline_kernels;
    }
}

bool crnn_bf16_is_fast(void) {
#if defined(__x86_64__)
    return crnn_processor_instruction_set() == crnn_avx512_bf16 && __builtin_cpu_is("amd");
#else
    return false;
#endif
}
