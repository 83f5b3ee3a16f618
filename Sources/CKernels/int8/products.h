#ifndef CRNN_INT8_PRODUCTS_H
#define CRNN_INT8_PRODUCTS_H

#include "gemm/micro_kernel.h"
#include <math.h>
#include <string.h>

/// Rows of the micro-kernel: up to `int_mr` by `nr` columns, with all sums in registers.
enum { int_mr = mr < 6 ? mr : 6 };

/// The largest magnitude in a row, or NaN if the row has one. Without the sign bit, the bits of floats are ordered like
/// integers, with infinity and NaN last.
INLINED float largest_magnitude(const float *row, long count) {
    uint32_t largest = 0;
    for (long c = 0; c < count; c++) {
        uint32_t bits;
        memcpy(&bits, row + c, sizeof bits);
        bits &= 0x7fffffff;
        largest = bits > largest ? bits : largest;
    }
    float magnitude;
    memcpy(&magnitude, &largest, sizeof magnitude);
    return magnitude;
}

static void quantize_rows(crnn_quantized_rows quantized, crnn_const_matrix rows, long count, long columns,
                          float limit) {
    for (long r = 0; r < count; r++) {
        const float *row = rows.values + r * rows.stride;
        int16_t *target = quantized.rows.values + r * quantized.rows.stride;
        float magnitude = largest_magnitude(row, columns);
        bool is_finite = isfinite(magnitude);
        quantized.scales[r] = is_finite ? magnitude / limit : NAN;
        float factor = is_finite && magnitude > 0 ? limit / magnitude : 0;
        for (long c = 0; c < columns; c++) {
            // The addition of 1.5·2²³ rounds to the nearest integer, which is then the lower half of the bits.
            float value = row[c] * factor + 12582912.0f;
            int32_t bits;
            memcpy(&bits, &value, sizeof bits);
            target[c] = (int16_t)bits;
        }
        if (columns % 2 == 1) target[columns] = 0;
    }
}

/// A row of a panel: a pair of terms for each of sixteen columns.
typedef int16_t pair_row __attribute__((vector_size(nr * 4), aligned(2)));
typedef uint32_t sum_row __attribute__((vector_size(nr * 4), aligned(4)));

/// The sum of the two products of each pair.
INLINED sum_row pair_products(pair_row left, pair_row right) {
#if defined(LEVEL_AVX512)
    typedef short shorts32 __attribute__((vector_size(64)));
    return (sum_row)__builtin_ia32_pmaddwd512((shorts32)left, (shorts32)right);
#elif defined(LEVEL_AVX2)
    typedef short shorts16 __attribute__((vector_size(32)));
    union { pair_row row; shorts16 halves[2]; } a = {left}, b = {right};
    union { sum_row row; int __attribute__((vector_size(32))) halves[2]; } sums;
    for (int h = 0; h < 2; h++) sums.halves[h] = __builtin_ia32_pmaddwd256(a.halves[h], b.halves[h]);
    return sums.row;
#else
    sum_row sums;
    for (int i = 0; i < nr; i++) sums[i] = left[2 * i] * right[2 * i] + left[2 * i + 1] * right[2 * i + 1];
    return sums;
#endif
}

/// A panel of the right factor, in int16 or in int8.
typedef struct {
    const int16_t *shorts;
    const int8_t *bytes;
} int_panel;

/// A row of the panel.
INLINED pair_row load_pairs(int_panel right, long pair) {
    typedef int8_t byte_row __attribute__((vector_size(nr * 2), aligned(1)));
    if (right.bytes) return __builtin_convertvector(*(const byte_row *)(right.bytes + pair * 2 * nr), pair_row);
    return *(const pair_row *)(right.shorts + pair * 2 * nr);
}

/// The sums of `rows` rows and a panel of `count` pairs. `rows` and the element type of the panel are constants at each
/// call.
INLINED void multiply_int_rows(int rows, sum_row *result, crnn_int16_rows left, int_panel right, long count) {
    sum_row sums[int_mr] = {{0}};
    for (long pair = 0; pair < count; pair++) {
        pair_row factors = load_pairs(right, pair);
        // Prefetches the next panel while this one is multiplied.
        if (!right.bytes) __builtin_prefetch(right.shorts + (pair + count) * 2 * nr, 0, 2);
        _Pragma("clang loop unroll(full)") for (int r = 0; r < rows; r++) {
            uint32_t both;
            memcpy(&both, left.values + r * left.stride + 2 * pair, sizeof both);
            sums[r] += pair_products((pair_row)((sum_row){0} + both), factors);
        }
    }
    for (int r = 0; r < rows; r++) result[r] = sums[r];
}

/// The sums for 1 to `int_mr` rows, a number that is known at run time.
INLINED void multiply_ints(long rows, sum_row *result, crnn_int16_rows left, int_panel right, long count) {
    switch (rows) {
    case 1: return multiply_int_rows(1, result, left, right, count);
#if LEVEL_ROWS > 2
    case 2: return multiply_int_rows(2, result, left, right, count);
    case 3: return multiply_int_rows(3, result, left, right, count);
    case 4: return multiply_int_rows(4, result, left, right, count);
    case 5: return multiply_int_rows(5, result, left, right, count);
#endif
    default: return multiply_int_rows(int_mr, result, left, right, count);
    }
}

INLINED crnn_int16_rows from_row(crnn_int16_rows matrix, long row) {
    return (crnn_int16_rows){matrix.values + row * matrix.stride, matrix.stride};
}

/// Writes the first `width` sums of a row times the scales of the row and of the columns. Adds them to `place` if
/// `adds`.
INLINED void write_dequantized(float *place, sum_row sums, float row_scale, const float *column_scales, long width,
                               bool adds) {
    typedef int int_row __attribute__((vector_size(nr * 4), aligned(4)));
    panel_row values = __builtin_convertvector((int_row)sums, panel_row);
    if (width == nr) {
        values *= row_scale * load_row(column_scales);
        return store_row(place, adds ? load_row(place) + values : values);
    }
    for (long c = 0; c < width; c++) {
        float value = values[c] * (row_scale * column_scales[c]);
        place[c] = adds ? place[c] + value : value;
    }
}

static void int8_product(crnn_int8_product p) {
    const crnn_int8_matrix right = p.right;
    for (long start = 0; start < p.rows; start += mc) {
        const row_steps steps = steps_of(smaller(mc, p.rows - start), int_mr);
        for (long panel = p.panels.first; panel < p.panels.first + p.panels.count; panel++) {
            long column = panel * nr, width = smaller(nr, right.columns - column);
            int_panel factors = {NULL, right.panels + column * right.pairs * 2};
            for (long step = 0, row = start, count; step < steps.count; step++, row += count) {
                count = rows_of(steps, step);
                sum_row sums[int_mr];
                multiply_ints(count, sums, from_row(p.left.rows, row), factors, right.pairs);
                for (long r = row; r < row + count; r++)
                    write_dequantized(p.result.values + r * p.result.stride + column, sums[r - row], p.left.scales[r],
                                      p.column_scales + column, width, p.adds);
            }
        }
    }
}

static void int8_winograd_products(int32_t *tiles, long tile_stride, crnn_int16_rows patches, long count,
                                   crnn_int16_matrix kernel) {
    row_steps steps = steps_of(count, int_mr);
    for (long column = 0; column < kernel.columns; column += nr) {
        int_panel factors = {kernel.panels + column * kernel.pairs * 2, NULL};
        for (long step = 0, row = 0, rows; step < steps.count; step++, row += rows) {
            rows = rows_of(steps, step);
            sum_row sums[int_mr];
            multiply_ints(rows, sums, from_row(patches, row), factors, kernel.pairs);
            for (long r = 0; r < rows; r++) *(sum_row *)(tiles + (row + r) * tile_stride + column) = sums[r];
        }
    }
}

#endif
