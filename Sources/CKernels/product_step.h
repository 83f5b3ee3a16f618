#ifndef CRNN_PRODUCT_STEP_H
#define CRNN_PRODUCT_STEP_H

#include "panels.h"
#include "vectors.h"

/// The step that products of floats are made of: a few rows by a panel of sixteen columns, with all sums in registers.

/// How many terms are added before the next panel, so that what is read again stays in the first cache.
enum { depth = 256 };

VECTORS_BEGIN

/// The left factor from some row and term on, in panels that lie a stride apart. The strides of rows and terms are
/// constants where a function is called: a term takes no instruction for its places.
typedef struct {
    const float *values;
    long row_stride, term_stride, panel_stride;
} left_factor;

/// A panel of the right factor; the one that comes next lies `ahead`.
typedef struct {
    const float *values;
    long ahead;
} right_panel;

/// Adds one term to `rows` rows. Few rows wait for memory, unless the next panel is on its way.
INLINED void add_term(int rows, vector sums[][2], const float *left, long row_stride, const float *right, long ahead) {
    vector first = load(right), second = load(right + lanes);
    if (rows < 5) __builtin_prefetch(right + ahead, 0, 2);
    _Pragma("clang loop unroll(full)") for (int r = 0; r < rows; r++) {
        float factor = left[r * row_stride];
        sums[r][0] += factor * first;
        sums[r][1] += factor * second;
    }
}

/// The sums of `rows` rows, a constant, added to what is there where wanted.
INLINED void multiply_rows(int rows, float *result, long stride, left_factor left, right_panel right, long terms,
                           bool adds) {
    vector sums[most_rows][2] = {{{0}}};
    for (int r = 0; adds && r < rows; r++)
        for (int half = 0; half < 2; half++) sums[r][half] = load(result + r * stride + half * lanes);
    const float *factors = right.values;
    for (; terms >= crnn_panel; terms -= crnn_panel, left.values += left.panel_stride)
        _Pragma("clang loop unroll(full)") for (long i = 0; i < crnn_panel; i++, factors += crnn_panel)
            add_term(rows, sums, left.values + i * left.term_stride, left.row_stride, factors, right.ahead);
    for (long i = 0; i < terms; i++, factors += crnn_panel)
        add_term(rows, sums, left.values + i * left.term_stride, left.row_stride, factors, right.ahead);
    for (int r = 0; r < rows; r++)
        for (int half = 0; half < 2; half++) store(result + r * stride + half * lanes, sums[r][half]);
}

/// As `multiply_rows`, for a number of rows that is known at run time.
INLINED void multiply(long rows, float *result, long stride, left_factor left, right_panel right, long terms,
                      bool adds) {
    switch (rows) {
    case 1: return multiply_rows(1, result, stride, left, right, terms, adds);
    case 2: return multiply_rows(2, result, stride, left, right, terms, adds);
    case 3: return multiply_rows(3, result, stride, left, right, terms, adds);
    case 4: return multiply_rows(4, result, stride, left, right, terms, adds);
    case 5: return multiply_rows(5, result, stride, left, right, terms, adds);
    default: return multiply_rows(most_rows, result, stride, left, right, terms, adds);
    }
}

VECTORS_END

#endif
