#ifndef CRNN_GEMM_MICRO_KERNEL_H
#define CRNN_GEMM_MICRO_KERNEL_H

#include "CKernels.h"
#include "simd/vectors.h"

/// The micro-kernel of float products: up to `mr` rows by `np` panels of `nr` columns, with all sums in registers.

enum {
    /// Columns: the width of a panel of the right factor, which is one register of 512 bits, two of 256 or four of 128.
    nr = crnn_panel,
    /// Rows: their sums fill the registers, next to a row of the panels and one broadcast value.
    mr = LEVEL_ROWS,
    /// Panels: with two, each broadcast value serves both, which halves the reads of the left factor.
    np = LEVEL_PANELS,
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

/// Sixteen columns of the right factor, or more panels. Terms lie `stride` floats apart, and the next panel begins
/// `ahead` floats later.
typedef struct {
    const float *values;
    long stride, ahead;
} right_panel;

/// What the micro-kernel computes: some rows and panels of a product, added to `result` if `adds`. The result's next
/// panel begins `next` floats later.
typedef struct {
    crnn_matrix result;
    long next;
    left_factor left;
    right_panel right;
    long terms;
    bool adds;
} micro_product;

/// Adds one term to `rows` rows. With few rows the kernel waits for memory, so it prefetches the next panels.
INLINED void add_term(int rows, int panels, panel_row *sums, const float *left, long row_stride, const float *right,
                      long ahead) {
    panel_row factors[np];
    for (int q = 0; q < panels; q++) {
        factors[q] = load_row(right + q * ahead);
        if (rows < 5) __builtin_prefetch(right + (q + panels) * ahead, 0, 2);
    }
    _Pragma("clang loop unroll(full)") for (int r = 0; r < rows; r++)
        for (int q = 0; q < panels; q++) sums[r * np + q] += left[r * row_stride] * factors[q];
}

/// The product for `rows` rows and `panels` panels, constants at each call.
INLINED void multiply_rows(int rows, int panels, micro_product p) {
    panel_row sums[mr * np] = {{0}};
    for (int r = 0; p.adds && r < rows; r++)
        for (int q = 0; q < panels; q++)
            sums[r * np + q] = load_row(p.result.values + r * p.result.stride + q * p.next);
    left_factor left = p.left;
    const right_panel right = p.right;
    const float *factors = right.values;
    long terms = p.terms;
    for (; terms >= crnn_panel; terms -= crnn_panel, left.values += left.panel_stride)
        _Pragma("clang loop unroll(full)") for (long i = 0; i < crnn_panel; i++, factors += right.stride)
            add_term(rows, panels, sums, left.values + i * left.term_stride, left.row_stride, factors, right.ahead);
    for (long i = 0; i < terms; i++, factors += right.stride)
        add_term(rows, panels, sums, left.values + i * left.term_stride, left.row_stride, factors, right.ahead);
    for (int r = 0; r < rows; r++)
        for (int q = 0; q < panels; q++)
            store_row(p.result.values + r * p.result.stride + q * p.next, sums[r * np + q]);
}

#define ROWS_CASE(n)                                                                                         \
    case n: return multiply_rows(n < mr ? n : mr, panels, p);

/// The product for 1 to `mr` rows, a number that is known at run time, and `panels` panels, a constant.
INLINED void multiply(long rows, int panels, micro_product p) {
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
    default: return multiply_rows(mr, panels, p);
    }
}

#undef ROWS_CASE

#endif
