#ifndef CKERNELS_H
#define CKERNELS_H

#include "ctc.h"
#include "elementwise.h"
#include "gemm.h"
#include "images.h"
#include "int8.h"
#include "optimizers.h"
#include "recurrent.h"
#include "winograd.h"

#pragma clang assume_nonnull begin

/// The hot loops that no library serves. Each is compiled once per instruction set; a table of function pointers
/// holds the kernels of one set. Functions outside the tables only copy memory and are compiled once.
///
/// Matrices are row-major and without gaps; counts are in elements, unless a comment says otherwise.

/// The instruction sets that kernels are compiled for, each a superset of those before it.
typedef enum {
    /// What every processor of the architecture has: SSE2 on x86-64, NEON on aarch64.
    crnn_baseline,
    /// AVX2 and FMA.
    crnn_avx2,
    /// AVX-512 F, BW, DQ and VL.
    crnn_avx512,
    /// AVX-512 with products of bfloat16 and, by VNNI, of int8.
    crnn_avx512_bf16
} crnn_instruction_set;

/// The kernels of one instruction set.
typedef struct {
    crnn_elementwise_kernels elementwise;
    crnn_gemm_kernels gemm;
    crnn_image_kernels images;
    crnn_winograd_kernels winograd;
    crnn_int8_kernels int8;
    crnn_recurrent_kernels recurrent;
    crnn_ctc_kernels ctc;
    crnn_optimizer_kernels optimizers;
} crnn_kernels;

/// The largest instruction set that the processor and the operating system offer.
crnn_instruction_set crnn_processor_instruction_set(void);

/// The kernels for an instruction set, which the processor must offer.
const crnn_kernels *crnn_kernels_for(crnn_instruction_set set);

#pragma clang assume_nonnull end

#endif
