#ifndef CRNN_INT8_MICRO_KERNEL_H
#define CRNN_INT8_MICRO_KERNEL_H

#include "gemm/micro_kernel.h"
#include <string.h>

/// The micro-kernel of integer products: up to `int_mr` rows by `int_np` panels of columns, with all sums in registers.

#if defined(LEVEL_VNNI)
enum {
    int_mr = mr,
    /// Panels: each broadcast value serves both, which halves the reads of the left factor.
    int_np = 2,
    /// Panels of a single row: an instruction waits for the sum of its predecessor, so eight sums take turns.
    single_row_np = 8
};
#else
enum { int_mr = mr < 6 ? mr : 6, int_np = 1, single_row_np = 1 };
#endif
enum { int_sums = int_mr * int_np > single_row_np ? int_mr * int_np : single_row_np };

/// A row of a panel: a pair of terms for each of sixteen columns.
typedef int16_t pair_row __attribute__((vector_size(nr * 4), aligned(2)));
typedef uint32_t sum_row __attribute__((vector_size(nr * 4), aligned(4)));

/// The sums after the two products of each pair were added.
INLINED sum_row with_pairs(sum_row sums, pair_row left, pair_row right) {
#if defined(LEVEL_VNNI)
    // As a builtin, clang would replace the instruction by two.
    __asm__("vpdpwssd %2, %1, %0" : "+v"(sums) : "v"(right), "v"(left));
    return sums;
#elif defined(LEVEL_AVX512)
    typedef short shorts32 __attribute__((vector_size(64)));
    return sums + (sum_row)__builtin_ia32_pmaddwd512((shorts32)left, (shorts32)right);
#elif defined(LEVEL_AVX2)
    typedef short shorts16 __attribute__((vector_size(32)));
    union { pair_row row; shorts16 halves[2]; } a = {left}, b = {right};
    union { sum_row row; int __attribute__((vector_size(32))) halves[2]; } products;
    for (int h = 0; h < 2; h++) products.halves[h] = __builtin_ia32_pmaddwd256(a.halves[h], b.halves[h]);
    return sums + products.row;
#else
    for (int i = 0; i < nr; i++) sums[i] += left[2 * i] * right[2 * i] + left[2 * i + 1] * right[2 * i + 1];
    return sums;
#endif
}

/// Adjacent panels of the right factor, in int8 or in int16, each of `pairs` rows.
typedef struct {
    const void *values;
    bool is_int8;
    long pairs;
} int_panels;

/// A row of the panels.
INLINED pair_row load_pairs(int_panels right, long row) {
    typedef int8_t byte_row __attribute__((vector_size(nr * 2), aligned(1)));
    if (right.is_int8) return __builtin_convertvector(((const byte_row *)right.values)[row], pair_row);
    return ((const pair_row *)right.values)[row];
}

/// Adds one pair of terms to the sums of all rows and panels. `left` is the pair of the first row.
INLINED void add_pair(int rows, int panels, sum_row *sums, const int16_t *left, int_panels right, long pair) {
    pair_row factors[int_sums];
    for (int p = 0; p < panels; p++) {
        factors[p] = load_pairs(right, pair + p * right.pairs);
        // With few rows, the kernel waits for memory: prefetches the next panels.
        if (!right.is_int8 && rows <= 6)
            __builtin_prefetch((const pair_row *)right.values + pair + (p + panels) * right.pairs, 0, 2);
    }
    _Pragma("clang loop unroll(full)") for (int r = 0; r < rows; r++) {
        uint32_t both;
        memcpy(&both, left + r * crnn_panel, sizeof both);
        for (int p = 0; p < panels; p++)
            sums[r * panels + p] = with_pairs(sums[r * panels + p], (pair_row)((sum_row){0} + both), factors[p]);
    }
}

/// The sums `[rows × panels]`. Rows, panels and the element type of the right factor are constants at each call.
INLINED void multiply_int_rows(int rows, int panels, sum_row *result, crnn_int16_rows left, int_panels right) {
    sum_row sums[int_sums] = {{0}};
    long pair = 0;
    for (; pair + crnn_panel / 2 <= right.pairs; left.values += left.panel_stride)
        for (long i = 0; i < crnn_panel; i += 2, pair++) add_pair(rows, panels, sums, left.values + i, right, pair);
    for (long i = 0; pair < right.pairs; i += 2, pair++) add_pair(rows, panels, sums, left.values + i, right, pair);
    for (int s = 0; s < rows * panels; s++) result[s] = sums[s];
}

#define INT_ROWS_CASE(n)                                                                                     \
    case n: return multiply_int_rows(n < int_mr ? n : int_mr, panels, result, left, right);

/// The sums `[rows × panels]` for 1 to `int_mr` rows, a number that is known at run time.
INLINED void multiply_ints(long rows, int panels, sum_row *result, crnn_int16_rows left, int_panels right) {
    switch (rows) {
        INT_ROWS_CASE(1)
#if LEVEL_ROWS > 2
        INT_ROWS_CASE(2)
        INT_ROWS_CASE(3)
        INT_ROWS_CASE(4)
        INT_ROWS_CASE(5)
#endif
#if defined(LEVEL_VNNI)
        INT_ROWS_CASE(6)
        INT_ROWS_CASE(7)
        INT_ROWS_CASE(8)
        INT_ROWS_CASE(9)
        INT_ROWS_CASE(10)
        INT_ROWS_CASE(11)
#endif
    default: return multiply_int_rows(int_mr, panels, result, left, right);
    }
}

#undef INT_ROWS_CASE

/// The number of adjacent panels to multiply next, of `count` that are left.
INLINED long next_panels(long rows, long count) {
    if (rows == 1 && count >= single_row_np) return single_row_np;
    return count >= int_np ? int_np : 1;
}

/// The sums of 1 to `int_mr` rows and as many panels as `next_panels` says.
INLINED void multiply_int_panels(long rows, long panels, sum_row *result, crnn_int16_rows left, int_panels right) {
#if defined(LEVEL_VNNI)
    if (panels == single_row_np) return multiply_int_rows(1, single_row_np, result, left, right);
#endif
    if (panels == int_np) return multiply_ints(rows, int_np, result, left, right);
    multiply_ints(rows, 1, result, left, right);
}

#endif
