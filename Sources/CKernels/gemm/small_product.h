#ifndef CRNN_GEMM_SMALL_PRODUCT_H
#define CRNN_GEMM_SMALL_PRODUCT_H

#include "micro_kernel.h"

/// Products of unpacked factors.

typedef struct {
    const float *left;
    long left_stride;
    const float *right;
    long right_stride;
    float *result;
    long stride;
    long inner;
} small_product;

/// Unpacked rows take a pointer each, so more than six do not pay.
enum { most_unpacked_rows = mr < 6 ? mr : 6 };

/// Adds `columns` columns, a multiple of sixteen.
INLINED void add_panels(const small_product *p, long rows, long columns) {
    row_steps steps = steps_of(rows, most_unpacked_rows);
    for (long step = 0, row = 0, count; step < steps.count; step++, row += count) {
        count = rows_of(steps, step);
        left_factor left = {p->left + row * p->left_stride, p->left_stride, 1, crnn_panel};
        for (long column = 0; column < columns; column += nr)
            multiply(count, p->result + row * p->stride + column, p->stride, left,
                     (right_panel){p->right + column, p->right_stride, 0}, p->inner, true);
    }
}

/// Adds the columns from `column` on, fewer than sixteen: copies of both factors' parts are padded with zeros.
INLINED void add_last_columns(const small_product *p, long rows, long column, long count) {
    float right[kc * nr] = {0}, sums[most_unpacked_rows * nr] = {0};
    for (long k = 0; k < p->inner; k += kc) {
        long terms = smaller(kc, p->inner - k);
        for (long t = 0; t < terms; t++)
            for (long c = 0; c < count; c++) right[t * nr + c] = p->right[(k + t) * p->right_stride + column + c];
        for (long row = 0; row < rows; row += most_unpacked_rows) {
            long height = smaller(most_unpacked_rows, rows - row);
            float *result = p->result + row * p->stride + column;
            for (long r = 0; r < height; r++)
                for (long c = 0; c < count; c++) sums[r * nr + c] = result[r * p->stride + c];
            small_product part = {
                p->left + row * p->left_stride + k, p->left_stride, right, nr, sums, nr, terms};
            add_panels(&part, height, nr);
            for (long r = 0; r < height; r++)
                for (long c = 0; c < count; c++) result[r * p->stride + c] = sums[r * nr + c];
        }
    }
}

/// One row: the sums stay in the cache, and the right factor is read once from its beginning to its end.
INLINED void add_only_row(const small_product *p, long columns) {
    const float *left = p->left;
    float *restrict result = p->result;
    long k = 0;
    for (; k + 4 <= p->inner; k += 4) {
        const float *right = p->right + k * p->right_stride;
        float a = left[k], b = left[k + 1], c = left[k + 2], d = left[k + 3];
        for (long column = 0; column < columns; column++)
            result[column] += a * right[column] + b * right[p->right_stride + column]
                              + (c * right[2 * p->right_stride + column] + d * right[3 * p->right_stride + column]);
    }
    for (; k < p->inner; k++)
        for (long column = 0; column < columns; column++)
            result[column] += left[k] * p->right[k * p->right_stride + column];
}

static void add_product(const float *left, long left_stride, const float *right, long right_stride, float *result,
                        long stride, long rows, long columns, long inner) {
    small_product p = {left, left_stride, right, right_stride, result, stride, inner};
    if (rows == 1) return add_only_row(&p, columns);
    long whole = columns / nr * nr;
    add_panels(&p, rows, whole);
    if (whole < columns) add_last_columns(&p, rows, whole, columns - whole);
}

#endif
