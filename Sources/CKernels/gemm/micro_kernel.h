#ifndef CRNN_GEMM_MICRO_KERNEL_H
#define CRNN_GEMM_MICRO_KERNEL_H

#include "CKernels.h"
#include "simd/vectors.h"

/// The micro-kernel of float products: up to `mr` rows by `nr` columns, with all sums in registers.

enum {
    /// Columns: the width of a panel of the right factor, which is one register of 512 bits, two of 256 or four of 128.
    nr = crnn_panel,
    /// Rows: their sums fill the registers, next to one row of the panel and one broadcast value.
    mr = LEVEL_ROWS,
    /// Terms of a block: its part of a panel (16 KiB) stays in the L1 cache while all rows are multiplied by it.
    kc = 256,
    /// Rows of a block: their terms (256 KiB) stay in the L2 cache while they are multiplied by all panels.
    mc = 256
};

/// A row of a panel.
typedef float panel_row __attribute__((vector_size(nr * sizeof(float)), aligned(sizeof(float))));

INLINED panel_row load_row(const float *place) { return *(const panel_row *)place; }

INLINED void store_row(float *place, panel_row values) { *(panel_row *)place = values; }

/// Rows of the left factor, in panels of sixteen terms. If the strides of rows and terms are constants at the call, a
/// term needs no address arithmetic.
typedef struct {
    const float *values;
    long row_stride, term_stride, panel_stride;
} left_factor;

/// Sixteen columns of the right factor. Terms lie `stride` floats apart, and the next panel begins `ahead` floats
/// later.
typedef struct {
    const float *values;
    long stride, ahead;
} right_panel;

/// What the micro-kernel computes: some rows of sixteen columns of a product, added to `result` if `adds`.
typedef struct {
    crnn_matrix result;
    left_factor left;
    right_panel right;
    long terms;
    bool adds;
} micro_product;

/// Adds one term to `rows` rows. With few rows the kernel waits for memory, so it prefetches the next panel.
INLINED void add_term(int rows, panel_row *sums, const float *left, long row_stride, const float *right, long ahead) {
    panel_row factors = load_row(right);
    if (rows < 5) __builtin_prefetch(right + ahead, 0, 2);
    _Pragma("clang loop unroll(full)") for (int r = 0; r < rows; r++) sums[r] += left[r * row_stride] * factors;
}

/// The product for `rows` rows, a constant at each call.
INLINED void multiply_rows(int rows, micro_product p) {
    panel_row sums[mr] = {{0}};
    for (int r = 0; p.adds && r < rows; r++) sums[r] = load_row(p.result.values + r * p.result.stride);
    left_factor left = p.left;
    const right_panel right = p.right;
    const float *factors = right.values;
    long terms = p.terms;
    for (; terms >= crnn_panel; terms -= crnn_panel, left.values += left.panel_stride)
        _Pragma("clang loop unroll(full)") for (long i = 0; i < crnn_panel; i++, factors += right.stride)
            add_term(rows, sums, left.values + i * left.term_stride, left.row_stride, factors, right.ahead);
    for (long i = 0; i < terms; i++, factors += right.stride)
        add_term(rows, sums, left.values + i * left.term_stride, left.row_stride, factors, right.ahead);
    for (int r = 0; r < rows; r++) store_row(p.result.values + r * p.result.stride, sums[r]);
}

#define ROWS_CASE(n)                                                                                         \
    case n: return multiply_rows(n < mr ? n : mr, p);

/// The product for 1 to `mr` rows, a number that is known at run time.
INLINED void multiply(long rows, micro_product p) {
    switch (rows) {
        ROWS_CASE(1)
#if LEVEL_ROWS > 2
        ROWS_CASE(2)
        ROWS_CASE(3)
        ROWS_CASE(4)
        ROWS_CASE(5)
#endif
#if LEVEL_ROWS > 6
        ROWS_CASE(6)
        ROWS_CASE(7)
        ROWS_CASE(8)
        ROWS_CASE(9)
        ROWS_CASE(10)
        ROWS_CASE(11)
#endif
    default: return multiply_rows(mr, p);
    }
}

#undef ROWS_CASE

#endif
