#ifndef CRNN_VECTORS_H
#define CRNN_VECTORS_H

#include "dispatch.h"
#include "planes.h"

/// Vectors of neighbouring channels, for kernels that are written with them: between `VECTORS_BEGIN` and
/// `VECTORS_END`, code is compiled for processors on which `crnn_vectors_run()`.
#if defined(__x86_64__)
#define VECTORS_BEGIN                                                                                        \
    _Pragma("clang attribute push(__attribute__((target(\"avx2,fma\"))), apply_to = function)")
#define VECTORS_END _Pragma("clang attribute pop")
#else
#define VECTORS_BEGIN
#define VECTORS_END
#endif

VECTORS_BEGIN

enum { lanes = crnn_lanes };
typedef float vector __attribute__((vector_size(lanes * sizeof(float)), aligned(sizeof(float))));
typedef int integers __attribute__((vector_size(lanes * sizeof(int)), aligned(sizeof(int))));
/// Sums that may pass the limits on their way and come back.
typedef unsigned wrapping __attribute__((vector_size(lanes * sizeof(int)), aligned(sizeof(int))));

INLINED vector load(const float *place) { return *(const vector *)place; }

INLINED void store(float *place, vector values) { *(vector *)place = values; }

/// The values where the mask is set, else zero.
INLINED vector where(integers mask, vector values) { return (vector)(mask & (integers)values); }

/// The first values where the mask is set, else the others.
INLINED vector chosen(integers mask, vector first, vector second) {
    return (vector)((mask & (integers)first) | (~mask & (integers)second));
}

VECTORS_END

INLINED long smaller(long a, long b) { return a < b ? a : b; }

/// The most rows of a product that one step makes: with two vectors of columns they fill the registers.
enum { most_rows = 6 };

/// How rows are shared among steps: among as few as can be, of which the first `longer` have one row more than the
/// others.
typedef struct {
    long count, rows, longer;
} row_steps;

INLINED row_steps steps_of(long rows) {
    if (rows <= 0) return (row_steps){0, 0, 0};
    long count = (rows + most_rows - 1) / most_rows;
    return (row_steps){count, rows / count, rows % count};
}

INLINED long rows_of(row_steps steps, long step) { return steps.rows + (step < steps.longer); }

#endif
