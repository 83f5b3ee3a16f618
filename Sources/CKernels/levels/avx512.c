#include "levels.h"

#if defined(__x86_64__)
#pragma clang diagnostic ignored "-Wpsabi"
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma"))), apply_to = function)

#define LEVEL_TABLE crnn_avx512_kernels
#define LEVEL_AVX512
// Twelve rows by two panels: 24 sums in 32 registers of 512 bits.
#define LEVEL_ROWS 12
#define LEVEL_PANELS 2
#include "kernels.h"

#pragma clang attribute pop
#endif
