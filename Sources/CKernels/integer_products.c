#include "integers.h"
#include "vectors.h"
#include <math.h>
#include <string.h>

enum {
    panel = crnn_panel,
    /// How many rows are multiplied by one panel before the next: they stay in the second cache.
    block = 256
};

void crnn_pack_bytes(crnn_byte_matrix matrix, const int8_t *values, long terms) {
    int8_t *target = matrix.panels;
    for (long column = 0; column < matrix.columns; column += panel)
        for (long pair = 0; pair < matrix.pairs; pair++)
            for (long c = column; c < column + panel; c++)
                for (long term = 2 * pair; term < 2 * pair + 2; term++)
                    *target++ = c < matrix.columns && term < terms ? values[term * matrix.columns + c] : 0;
}

VECTORS_BEGIN

void crnn_round_rows(crnn_integer_rows rounded, float *units, const float *rows, long row_stride, float limit,
                     long count, long columns) {
    for (long r = 0; r < count; r++) {
        const float *row = rows + r * row_stride;
        int16_t *target = rounded.values + r * rounded.stride;
        // Without their signs, floats are ordered as their bits; what is not finite comes last.
        uint32_t greatest = 0;
        for (long c = 0; c < columns; c++) {
            uint32_t bits;
            memcpy(&bits, row + c, sizeof bits);
            bits &= 0x7fffffff;
            greatest = bits > greatest ? bits : greatest;
        }
        float size;
        memcpy(&size, &greatest, sizeof size);
        bool exists = isfinite(size);
        units[r] = exists ? size / limit : NAN;
        float factor = exists && size > 0 ? limit / size : 0;
        for (long c = 0; c < columns; c++) {
            // To the nearest whole number, in the lower half of the bits.
            float value = row[c] * factor + 12582912.0f;
            int32_t bits;
            memcpy(&bits, &value, sizeof bits);
            target[c] = (int16_t)bits;
        }
        if (columns % 2 == 1) target[columns] = 0;
    }
}

/// Sixteen whole numbers: eight pairs.
typedef int16_t pairs __attribute__((vector_size(32), aligned(2)));

/// For each pair, the sum of both products.
INLINED wrapping pair_products(pairs left, pairs right) {
#if defined(__x86_64__)
    typedef short shorts __attribute__((vector_size(32)));
    return (wrapping)__builtin_ia32_pmaddwd256((shorts)left, (shorts)right);
#else
    wrapping result;
    for (int i = 0; i < lanes; i++) result[i] = left[2 * i] * right[2 * i] + left[2 * i + 1] * right[2 * i + 1];
    return result;
#endif
}

/// A panel of a right factor, in numbers of 16 bits or of 8.
typedef struct {
    const int16_t *values;
    const int8_t *bytes;
} right_panel;

/// Sixteen of its numbers.
INLINED pairs load_pairs(right_panel right, long place) {
    typedef int8_t some_bytes __attribute__((vector_size(16), aligned(1)));
    if (right.bytes) return __builtin_convertvector(*(const some_bytes *)(right.bytes + place), pairs);
    return *(const pairs *)(right.values + place);
}

/// `rows` rows of a panel of the product; `rows`, and which kind of numbers the panel has, are constants at each call.
INLINED void multiply_rows(int rows, wrapping (*result)[2], crnn_integer_rows left, right_panel right, long count) {
    wrapping found[most_rows][2] = {{{0}}};
    for (long pair = 0; pair < count; pair++) {
        long place = pair * 2 * panel;
        pairs first = load_pairs(right, place), second = load_pairs(right, place + panel);
        // The next panel, on its way while this one is multiplied.
        if (!right.bytes) __builtin_prefetch(right.values + place + count * 2 * panel, 0, 2);
        _Pragma("clang loop unroll(full)") for (int r = 0; r < rows; r++) {
            uint32_t both;
            memcpy(&both, left.values + r * left.stride + 2 * pair, sizeof both);
            pairs factor = (pairs)((wrapping){0} + both);
            found[r][0] += pair_products(factor, first);
            found[r][1] += pair_products(factor, second);
        }
    }
    for (int r = 0; r < rows; r++)
        for (int v = 0; v < 2; v++) result[r][v] = found[r][v];
}

/// As `multiply_rows`, for a number of rows that is known at run time.
INLINED void multiply(long rows, wrapping (*result)[2], crnn_integer_rows left, right_panel right, long count) {
    switch (rows) {
    case 1: return multiply_rows(1, result, left, right, count);
    case 2: return multiply_rows(2, result, left, right, count);
    case 3: return multiply_rows(3, result, left, right, count);
    case 4: return multiply_rows(4, result, left, right, count);
    case 5: return multiply_rows(5, result, left, right, count);
    default: return multiply_rows(most_rows, result, left, right, count);
    }
}

INLINED crnn_integer_rows from_row(crnn_integer_rows matrix, long row) {
    return (crnn_integer_rows){matrix.values + row * matrix.stride, matrix.stride};
}

/// What sums stand for, in `width` places of a row: added to what is there, where wanted.
INLINED void write_reals(float *place, const wrapping *found, float unit, const float *scales, long width, bool adds) {
    float last[panel] = {0}, last_scales[panel] = {0};
    bool whole = width == panel;
    if (!whole) {
        memcpy(last, place, width * sizeof(float));
        memcpy(last_scales, scales, width * sizeof(float));
    }
    float *target = whole ? place : last;
    for (int v = 0; v < 2; v++) {
        vector value = __builtin_convertvector((integers)found[v], vector);
        value *= unit * load((whole ? scales : last_scales) + v * lanes);
        store(target + v * lanes, adds ? load(target + v * lanes) + value : value);
    }
    if (!whole) memcpy(place, last, width * sizeof(float));
}

void crnn_integer_product(float *result, long result_stride, crnn_integer_rows left, const float *units, long rows,
                          crnn_byte_matrix right, const float *scales, crnn_range panels, bool adds) {
    for (long start = 0; start < rows; start += block) {
        row_steps steps = steps_of(smaller(block, rows - start));
        for (long p = panels.first; p < panels.first + panels.count; p++) {
            long column = p * panel, width = smaller(panel, right.columns - column);
            right_panel factors = {NULL, right.panels + column * right.pairs * 2};
            for (long step = 0, row = start, count; step < steps.count; step++, row += count) {
                count = rows_of(steps, step);
                wrapping found[most_rows][2];
                multiply(count, found, from_row(left, row), factors, right.pairs);
                for (long r = row; r < row + count; r++)
                    write_reals(result + r * result_stride + column, found[r - row], units[r], scales + column, width,
                                adds);
            }
        }
    }
}

void crnn_integer_winograd_products(int32_t *tiles, long tile_stride, crnn_integer_rows patches, long count,
                                    crnn_integer_matrix kernel) {
    row_steps steps = steps_of(count);
    for (long column = 0; column < kernel.columns; column += panel) {
        right_panel factors = {kernel.panels + column * kernel.pairs * 2, NULL};
        for (long step = 0, row = 0, rows; step < steps.count; step++, row += rows) {
            rows = rows_of(steps, step);
            wrapping found[most_rows][2];
            multiply(rows, found, from_row(patches, row), factors, kernel.pairs);
            for (long r = 0; r < rows; r++)
                for (int v = 0; v < 2; v++)
                    *(wrapping *)(tiles + (row + r) * tile_stride + column + v * lanes) = found[r][v];
        }
    }
}

VECTORS_END
