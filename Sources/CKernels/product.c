#include "CKernels.h"
#include "dispatch.h"
#include <string.h>

/// Eight neighbouring floats, wherever they lie.
typedef float octet __attribute__((vector_size(32), aligned(4)));

/// The greatest number of rows and of octets whose sums stay in registers, and of terms of a copied part.
enum { most_rows = 6, octets = 2, columns_at_once = 8 * octets, most_terms = 256 };

typedef struct {
    const float *left;
    long left_stride;
    const float *right;
    long right_stride;
    float *result;
    long stride;
    long inner;
} product;

/// `rows` × 16 sums in registers; `rows` is a constant at each call.
INLINED void add_block(const product *p, long row, long column, int rows) {
    const float *left = p->left + row * p->left_stride, *right = p->right + column;
    float *result = p->result + row * p->stride + column;
    octet sums[most_rows][octets];
    for (int r = 0; r < rows; r++)
        for (int o = 0; o < octets; o++) sums[r][o] = *(const octet *)(result + r * p->stride + 8 * o);
    for (long k = 0; k < p->inner; k++) {
        octet factors[octets];
        for (int o = 0; o < octets; o++) factors[o] = *(const octet *)(right + k * p->right_stride + 8 * o);
        for (int r = 0; r < rows; r++)
            for (int o = 0; o < octets; o++) sums[r][o] += left[r * p->left_stride + k] * factors[o];
    }
    for (int r = 0; r < rows; r++)
        for (int o = 0; o < octets; o++) *(octet *)(result + r * p->stride + 8 * o) = sums[r][o];
}

/// The rows from `row` on, at most `most_rows` of them, in sixteen columns; returns how many they are.
INLINED long add_rows(const product *p, long row, long rows, long column) {
    switch (rows - row) {
    case 1: add_block(p, row, column, 1); return 1;
    case 2: add_block(p, row, column, 2); return 2;
    case 3: add_block(p, row, column, 3); return 3;
    case 4: add_block(p, row, column, 4); return 4;
    case 5: add_block(p, row, column, 5); return 5;
    default: add_block(p, row, column, most_rows); return most_rows;
    }
}

/// The columns from `column` on, fewer than sixteen: both factors' parts are widened by zeros.
INLINED void add_last_columns(const product *p, long rows, long column, long count) {
    float right[most_terms * columns_at_once] = {0}, sums[most_rows * columns_at_once] = {0};
    for (long k = 0; k < p->inner; k += most_terms) {
        long terms = p->inner - k < most_terms ? p->inner - k : most_terms;
        for (long t = 0; t < terms; t++)
            for (long c = 0; c < count; c++)
                right[t * columns_at_once + c] = p->right[(k + t) * p->right_stride + column + c];
        for (long row = 0; row < rows; row += most_rows) {
            long height = rows - row < most_rows ? rows - row : most_rows;
            float *result = p->result + row * p->stride + column;
            for (long r = 0; r < height; r++)
                for (long c = 0; c < count; c++) sums[r * columns_at_once + c] = result[r * p->stride + c];
            product part = {p->left + row * p->left_stride + k, p->left_stride, right, columns_at_once,
                            sums, columns_at_once, terms};
            add_rows(&part, 0, height, 0);
            for (long r = 0; r < height; r++)
                for (long c = 0; c < count; c++) result[r * p->stride + c] = sums[r * columns_at_once + c];
        }
    }
}

/// One row: the sums stay in the cache, and the right factor is read once from its beginning to its end.
INLINED void add_row(const product *p, long columns) {
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

PER_PROCESSOR
void crnn_add_product(const float *left, long left_stride, const float *right, long right_stride, float *result,
                      long stride, long rows, long columns, long inner) {
    product p = {left, left_stride, right, right_stride, result, stride, inner};
    if (rows == 1) return add_row(&p, columns);
    long whole = columns / columns_at_once * columns_at_once;
    for (long row = 0; row < rows; row += most_rows)
        for (long column = 0; column < whole; column += columns_at_once) add_rows(&p, row, rows, column);
    if (whole < columns) add_last_columns(&p, rows, whole, columns - whole);
}
