#include "levels.h"

#if defined(__x86_64__)
#pragma clang diagnostic ignored "-Wpsabi"
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define LEVEL_TABLE crnn_avx2_kernels
#define LEVEL_AVX2
// Twelve sums in 16 registers of 256 bits.
#define LEVEL_ROWS 6
#define LEVEL_PANELS 1
#include "kernels.h"

#pragma clang attribute pop
#endif
