#include "product_step.h"
#include <string.h>

enum {
    panel = crnn_panel,
    /// How many terms are added before the next panel, so that what is read again stays in the first cache.
    depth = 256,
    /// How many rows are multiplied by all panels before the next: their terms stay in the second cache.
    block = 512
};

void crnn_pack_terms(float *panels, const float *rows, long stride, long count, long terms) {
    for (long term = 0; term < terms; term += panel)
        for (long r = 0; r < count; r++, panels += panel)
            memcpy(panels, rows + r * stride + term, panel * sizeof(float));
}

void crnn_pack_columns(float *panels, const float *matrix, long terms, long columns) {
    for (long column = 0; column < columns; column += panel)
        for (long term = 0; term < terms; term++, panels += panel)
            memcpy(panels, matrix + term * columns + column, panel * sizeof(float));
}

VECTORS_BEGIN

/// Some rows by one panel.
static void multiply_panel(float *result, long stride, left_factor left, right_panel right, long rows, long terms,
                           bool adds) {
    row_steps steps = steps_of(rows);
    for (long step = 0; step < steps.count; step++) {
        long count = rows_of(steps, step);
        multiply(count, result, stride, (left_factor){left.values, panel, 1, left.panel_stride}, right, terms, adds);
        result += count * stride;
        left.values += count * panel;
    }
}

/// One row by two panels, which are read side by side: the sums of one would wait for each other.
static void multiply_row(float *const results[2], const float *left, long left_stride, const float *const right[2],
                         long terms, bool adds) {
    vector sums[2][2] = {{{0}}};
    for (int p = 0; adds && p < 2; p++)
        for (int half = 0; half < 2; half++) sums[p][half] = load(results[p] + half * lanes);
    for (long start = 0; start < terms; start += panel, left += left_stride)
        for (long i = 0; i < panel; i++)
            for (int p = 0; p < 2; p++)
                for (int half = 0; half < 2; half++)
                    sums[p][half] += left[i] * load(right[p] + (start + i) * panel + half * lanes);
    for (int p = 0; p < 2; p++)
        for (int half = 0; half < 2; half++) store(results[p] + half * lanes, sums[p][half]);
}

void crnn_panel_product(crnn_panels result, const float *left, long left_stride, const float *right, long rows,
                        long terms, crnn_range panels, bool adds, bool backwards) {
    const long size = terms * panel, direction = backwards ? -1 : 1;
    const long first = panels.first + (backwards ? panels.count - 1 : 0);
    right += first * size;
    result.values += first * result.panel_stride;
    for (long row = 0; row < rows; row += block) {
        for (long term = 0; term < terms; term += depth) {
            const float *factors = left + row * panel + term / panel * left_stride;
            for (long p = 0; p < panels.count; p++) {
                const float *columns = right + direction * p * size + term * panel;
                float *sums = result.values + direction * p * result.panel_stride + row * result.row_stride;
                long some = smaller(depth, terms - term);
                if (rows == 1 && p + 1 < panels.count) {
                    p++;
                    multiply_row((float *[]){sums, sums + direction * result.panel_stride}, factors, left_stride,
                                 (const float *[]){columns, columns + direction * size}, some, adds || term > 0);
                } else {
                    multiply_panel(sums, result.row_stride, (left_factor){factors, panel, 1, left_stride},
                                   (right_panel){columns, direction * size}, smaller(block, rows - row), some,
                                   adds || term > 0);
                }
            }
        }
    }
}

VECTORS_END
