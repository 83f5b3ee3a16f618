#ifndef CRNN_GEMM_SMALL_PRODUCT_H
#define CRNN_GEMM_SMALL_PRODUCT_H

#include "micro_kernel.h"

/// Products of unpacked factors.

typedef struct {
    crnn_matrix result;
    crnn_const_matrix left, right;
    long rows, terms;
} small_product;

/// Rows of the micro-kernel: each unpacked row takes a pointer, so more than six do not pay.
enum { unpacked_mr = mr < 6 ? mr : 6 };

/// Adds the first `columns` columns, a multiple of sixteen.
INLINED void add_panels(small_product p, long columns) {
    const row_steps steps = steps_of(p.rows, unpacked_mr);
    for (long step = 0, row = 0, count; step < steps.count; step++, row += count) {
        count = rows_of(steps, step);
        for (long column = 0; column < columns; column += nr)
            multiply(count, 1, (micro_product){
                                .result = {p.result.values + row * p.result.stride + column, p.result.stride},
                                .left = {p.left.values + row * p.left.stride, p.left.stride, 1, crnn_panel},
                                .right = {p.right.values + column, p.right.stride, 0},
                                .terms = p.terms,
                                .adds = true,
                            });
    }
}

/// Adds the last `count` columns, fewer than sixteen, from `column` on: by copies that are padded with zeros.
INLINED void add_last_columns(small_product p, long column, long count) {
    float right[kc * nr] = {0}, sums[unpacked_mr * nr] = {0};
    for (long k = 0; k < p.terms; k += kc) {
        long terms = smaller(kc, p.terms - k);
        for (long t = 0; t < terms; t++)
            for (long c = 0; c < count; c++) right[t * nr + c] = p.right.values[(k + t) * p.right.stride + column + c];
        for (long row = 0; row < p.rows; row += unpacked_mr) {
            long rows = smaller(unpacked_mr, p.rows - row);
            float *result = p.result.values + row * p.result.stride + column;
            for (long r = 0; r < rows; r++)
                for (long c = 0; c < count; c++) sums[r * nr + c] = result[r * p.result.stride + c];
            add_panels(
                (small_product){
                    .result = {sums, nr},
                    .left = {p.left.values + row * p.left.stride + k, p.left.stride},
                    .right = {right, nr},
                    .rows = rows,
                    .terms = terms,
                },
                nr);
            for (long r = 0; r < rows; r++)
                for (long c = 0; c < count; c++) result[r * p.result.stride + c] = sums[r * nr + c];
        }
    }
}

/// Adds the only row. Its sums stay in the cache, and the right factor is read once from beginning to end.
INLINED void add_only_row(small_product p, long columns) {
    const float *left = p.left.values;
    const long stride = p.right.stride;
    float *restrict result = p.result.values;
    long k = 0;
    for (; k + 4 <= p.terms; k += 4) {
        const float *right = p.right.values + k * stride;
        float a = left[k], b = left[k + 1], c = left[k + 2], d = left[k + 3];
        for (long column = 0; column < columns; column++)
            result[column] += a * right[column] + b * right[stride + column]
                              + (c * right[2 * stride + column] + d * right[3 * stride + column]);
    }
    for (; k < p.terms; k++)
        for (long column = 0; column < columns; column++)
            result[column] += left[k] * p.right.values[k * stride + column];
}

static void add_product(crnn_matrix result, crnn_const_matrix left, crnn_const_matrix right,
                        crnn_product_sizes sizes) {
    const small_product p = {result, left, right, sizes.rows, sizes.terms};
    if (sizes.rows == 1) return add_only_row(p, sizes.columns);
    const long whole = sizes.columns / nr * nr;
    add_panels(p, whole);
    if (whole < sizes.columns) add_last_columns(p, whole, sizes.columns - whole);
}

#endif
