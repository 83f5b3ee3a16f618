#ifndef CRNN_LEVELS_H
#define CRNN_LEVELS_H

#include "CKernels.h"
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// The tables, one per instruction set. System headers are included here, before a level's file sets its target.

extern const crnn_kernels crnn_baseline_kernels;
#if defined(__x86_64__)
extern const crnn_kernels crnn_avx2_kernels, crnn_avx512_kernels, crnn_avx512_vnni_kernels;
#endif

#endif
