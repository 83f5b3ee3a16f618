#include "levels.h"

#if defined(__x86_64__)
#pragma clang diagnostic ignored "-Wpsabi"
// Tuned for other processors, clang replaces the sum of products by two instructions.
#pragma clang attribute push(                                                                                \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,fma,tune=znver4"))), apply_to = function)

#define LEVEL_TABLE crnn_avx512_vnni_kernels
#define LEVEL_AVX512
#define LEVEL_VNNI
// Twelve sums in 32 registers of 512 bits: fewer would not hide the latency of the additions.
#define LEVEL_ROWS 12
#include "kernels.h"

#pragma clang attribute pop
#endif
