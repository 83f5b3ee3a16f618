#ifndef CRNN_VECTORS_H
#define CRNN_VECTORS_H

#include "images.h"

/// The vectors of all kernels. The compiler splits them into registers of the instruction set.

#define INLINED static inline __attribute__((always_inline))

enum { lanes = crnn_lanes };
/// The channels of a block.
typedef float vector __attribute__((vector_size(lanes * sizeof(float)), aligned(sizeof(float))));
typedef int integers __attribute__((vector_size(lanes * sizeof(int)), aligned(sizeof(int))));
/// Integers with defined overflow: sums modulo 2³².
typedef unsigned wrapping __attribute__((vector_size(lanes * sizeof(int)), aligned(sizeof(int))));

INLINED vector load(const float *place) { return *(const vector *)place; }

INLINED void store(float *place, vector values) { *(vector *)place = values; }

/// The values if the mask is set, otherwise zero.
INLINED vector where(integers mask, vector values) { return (vector)(mask & (integers)values); }

/// The first values if the mask is set, otherwise the second.
INLINED vector chosen(integers mask, vector first, vector second) {
    return (vector)((mask & (integers)first) | (~mask & (integers)second));
}

/// The ReLU of each value. NaN stays NaN.
INLINED vector rectified(vector values) { return where(~(values < 0), values); }

/// The last operation on the sums of a block of channels; `bias` is their part of the epilogue's.
INLINED vector finished(vector sums, vector bias, bool relu) {
    vector values = sums + bias;
    return relu ? rectified(values) : values;
}

INLINED long smaller(long a, long b) { return a < b ? a : b; }

/// The division of rows among as few calls of a micro-kernel as possible. The first `longer` calls take one row more
/// than the others.
typedef struct {
    long count, rows, longer;
} row_steps;

INLINED row_steps steps_of(long rows, long most_rows) {
    if (rows <= 0) return (row_steps){0, 0, 0};
    long count = (rows + most_rows - 1) / most_rows;
    return (row_steps){count, rows / count, rows % count};
}

INLINED long rows_of(row_steps steps, long step) { return steps.rows + (step < steps.longer); }

#endif
