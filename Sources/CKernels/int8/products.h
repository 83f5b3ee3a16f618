#ifndef CRNN_INT8_PRODUCTS_H
#define CRNN_INT8_PRODUCTS_H

#include "micro_kernel.h"

INLINED crnn_int16_rows from_row(crnn_int16_rows matrix, long row) {
    return (crnn_int16_rows){matrix.values + row * crnn_panel, matrix.panel_stride};
}

/// Writes the first `width` sums of a row times the scales of the row and of the columns. Adds them to `place` if
/// `adds`.
INLINED void write_dequantized(float *place, sum_row sums, float row_scale, const float *column_scales, long width,
                               bool adds) {
    typedef int int_row __attribute__((vector_size(nr * 4), aligned(4)));
    panel_row values = __builtin_convertvector((int_row)sums, panel_row);
    if (width >= nr) {
        values *= row_scale * load_row(column_scales);
        return store_row(place, adds ? load_row(place) + values : values);
    }
    for (long c = 0; c < width; c++) {
        float value = values[c] * (row_scale * column_scales[c]);
        place[c] = adds ? place[c] + value : value;
    }
}

/// Rows from `start` on by `panels` panels from `panel` on.
INLINED void multiply_quantized(crnn_int8_product p, long start, row_steps steps, long panel, long panels) {
    const crnn_int8_matrix right = p.right;
    const int_panels factors = {right.panels + panel * nr * right.pairs * 2, true, right.pairs};
    for (long step = 0, row = start, count; step < steps.count; step++, row += count) {
        count = rows_of(steps, step);
        sum_row sums[int_sums];
        multiply_int_panels(count, panels, sums, from_row(p.left.rows, row), factors);
        for (long i = 0; i < count * panels; i++) {
            const long r = row + i / panels, column = (panel + i % panels) * nr;
            write_dequantized(p.result.values + r * p.result.stride + column, sums[i], p.left.scales[r],
                              p.column_scales + column, right.columns - column, p.adds);
        }
    }
}

static void int8_product(crnn_int8_product p) {
    const long end = p.panels.first + p.panels.count;
    for (long start = 0; start < p.rows; start += mc) {
        const row_steps steps = steps_of(smaller(mc, p.rows - start), int_mr);
        for (long panel = p.panels.first, count; panel < end; panel += count) {
            count = next_panels(p.rows, end - panel);
            multiply_quantized(p, start, steps, panel, count);
        }
    }
}

static void int8_winograd_products(crnn_int32_tiles tiles, crnn_int16_rows patches, long count,
                                   crnn_int16_matrix kernel) {
    const row_steps steps = steps_of(count, int_mr);
    for (long panel = 0, panels; panel < kernel.columns / nr; panel += panels) {
        panels = next_panels(count, kernel.columns / nr - panel);
        const int_panels factors = {kernel.panels + panel * nr * kernel.pairs * 2, false, kernel.pairs};
        for (long step = 0, row = 0, rows; step < steps.count; step++, row += rows) {
            rows = rows_of(steps, step);
            sum_row sums[int_sums];
            multiply_int_panels(rows, panels, sums, from_row(patches, row), factors);
            for (long i = 0; i < rows * panels; i++) {
                int32_t *target = tiles.values + (panel + i % panels) * tiles.panel_stride;
                *(sum_row *)(target + (row + i / panels) * nr) = sums[i];
            }
        }
    }
}

#endif
