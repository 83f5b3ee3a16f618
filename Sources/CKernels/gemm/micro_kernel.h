#ifndef CRNN_GEMM_MICRO_KERNEL_H
#define CRNN_GEMM_MICRO_KERNEL_H

#include "CKernels.h"
#include "simd/vectors.h"

/// The micro-kernel of float products: up to `mr` rows by `nr` columns, all sums in registers.

enum {
    /// Columns: a panel of the right factor, one register of 512 bits, two of 256, four of 128.
    nr = crnn_panel,
    /// Rows: with a row of the right panel and a broadcast value they fill the registers.
    mr = LEVEL_ROWS,
    /// Terms per pass: a panel of the right factor (16 KiB) stays in the L1 cache while all rows are multiplied by it.
    kc = 256,
    /// Rows per pass: their terms (256 KiB) stay in the L2 cache while all panels are multiplied by them.
    mc = 256
};

/// A row of a panel.
typedef float panel_row __attribute__((vector_size(nr * sizeof(float)), aligned(sizeof(float))));

INLINED panel_row load_row(const float *place) { return *(const panel_row *)place; }

INLINED void store_row(float *place, panel_row values) { *(panel_row *)place = values; }

/// The left factor from some row and term on, in panels of sixteen terms that lie a stride apart. If the strides of
/// rows and terms are constants at the call, a term needs no address arithmetic.
typedef struct {
    const float *values;
    long row_stride, term_stride, panel_stride;
} left_factor;

/// Sixteen columns of the right factor, terms `stride` apart; the panel that is used next lies `ahead`.
typedef struct {
    const float *values;
    long stride, ahead;
} right_panel;

/// Adds one term to `rows` rows. Few rows wait for memory, so they prefetch the next panel.
INLINED void add_term(int rows, panel_row *sums, const float *left, long row_stride, const float *right, long ahead) {
    panel_row factors = load_row(right);
    if (rows < 5) __builtin_prefetch(right + ahead, 0, 2);
    _Pragma("clang loop unroll(full)") for (int r = 0; r < rows; r++) sums[r] += left[r * row_stride] * factors;
}

/// The sums of `rows` rows, a constant; added to `result` if `adds`.
INLINED void multiply_rows(int rows, float *result, long stride, left_factor left, right_panel right, long terms,
                           bool adds) {
    panel_row sums[mr] = {{0}};
    for (int r = 0; adds && r < rows; r++) sums[r] = load_row(result + r * stride);
    const float *factors = right.values;
    for (; terms >= crnn_panel; terms -= crnn_panel, left.values += left.panel_stride)
        _Pragma("clang loop unroll(full)") for (long i = 0; i < crnn_panel; i++, factors += right.stride)
            add_term(rows, sums, left.values + i * left.term_stride, left.row_stride, factors, right.ahead);
    for (long i = 0; i < terms; i++, factors += right.stride)
        add_term(rows, sums, left.values + i * left.term_stride, left.row_stride, factors, right.ahead);
    for (int r = 0; r < rows; r++) store_row(result + r * stride, sums[r]);
}

#define ROWS_CASE(n)                                                                                         \
    case n: return multiply_rows(n < mr ? n : mr, result, stride, left, right, terms, adds);

/// As `multiply_rows`, for a number of rows that is known at run time, at most `mr`.
INLINED void multiply(long rows, float *result, long stride, left_factor left, right_panel right, long terms,
                      bool adds) {
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
    default: return multiply_rows(mr, result, stride, left, right, terms, adds);
    }
}

#endif
