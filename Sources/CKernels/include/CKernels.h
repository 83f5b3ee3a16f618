#ifndef CKERNELS_H
#define CKERNELS_H

#include "ctc.h"
#include "elementwise.h"
#include "gemm.h"
#include "images.h"
#include "int8.h"
#include "matrices.h"
#include "optimizers.h"
#include "recurrent.h"
#include "winograd.h"

#pragma clang assume_nonnull begin

/// The hot loops that no library offers. Each kernel is compiled once per instruction set, and a table of function
/// pointers holds the kernels of one set. Functions outside the tables only copy or pack memory and are compiled once.
///
/// Matrices are row-major without gaps, and counts are in elements, unless a comment says otherwise.

/// The instruction sets that kernels are compiled for. Each is a superset of the previous one.
typedef enum {
    /// The instructions of every processor of the architecture: SSE2 on x86-64, NEON on aarch64.
    crnn_baseline,
    /// AVX2 and FMA.
    crnn_avx2,
    /// AVX-512 F, BW, DQ and VL.
    crnn_avx512,
    /// AVX-512 with VNNI (integer products).
    crnn_avx512_vnni,
    /// AVX-512 with VNNI and BF16 (bfloat16 products).
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

/// The largest instruction set that the processor and the operating system support.
crnn_instruction_set crnn_processor_instruction_set(void);

/// Whether the processor multiplies bfloat16 faster than 32-bit floats. AMD's do; Intel's issue a `vdpbf16ps`, two
/// products per float, every four of the cycles in which they issue two multiplications of floats.
bool crnn_bf16_is_fast(void);

/// The kernels for an instruction set that the processor supports.
const crnn_kernels *crnn_kernels_for(crnn_instruction_set set);

#pragma clang assume_nonnull end

#endif
