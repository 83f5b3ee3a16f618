#include "levels.h"

// Vectors that are wider than the registers of SSE2 never leave a kernel, so their calling convention is irrelevant.
#pragma clang diagnostic ignored "-Wpsabi"

#define LEVEL_TABLE crnn_baseline_kernels
#if defined(__aarch64__)
// 24 sums in 32 registers of 128 bits.
#define LEVEL_ROWS 6
#define LEVEL_PANELS 1
#else
// Eight sums in 16 registers of 128 bits.
#define LEVEL_ROWS 2
#define LEVEL_PANELS 1
#endif
#include "kernels.h"
