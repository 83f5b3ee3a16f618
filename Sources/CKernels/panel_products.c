#include "product_step.h"
#include <string.h>

enum {
    panel = crnn_panel,
    /// How many rows are multiplied by all panels before the next: their terms stay in the second cache.
    block = 256
};

void crnn_pack_terms(float *panels, long panel_stride, const float *rows, long count, long terms) {
    for (long term = 0; term < terms; term += panel, panels += panel_stride)
        for (long r = 0; r < count; r++) memcpy(panels + r * panel, rows + r * terms + term, panel * sizeof(float));
}

void crnn_pack_columns(float *panels, const float *matrix, long terms, long columns) {
    for (long column = 0; column < columns; column += panel)
        for (long term = 0; term < terms; term++, panels += panel)
            memcpy(panels, matrix + term * columns + column, panel * sizeof(float));
}

VECTORS_BEGIN

/// Some rows by one panel.
static void multiply_panel(float *result, long stride, const float *left, long left_stride, right_panel right,
                           long rows, long terms, bool adds) {
    row_steps steps = steps_of(rows);
    for (long step = 0; step < steps.count; step++) {
        long count = rows_of(steps, step);
        multiply(count, result, stride, (left_factor){left, panel, 1, left_stride}, right, terms, adds);
        result += count * stride;
        left += count * panel;
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

/// A block of rows by so many panels, which lie `direction` from each other, over some terms of all that panels have.
static void multiply_block(crnn_panels result, const float *left, long left_stride, const float *right, long size,
                           long rows, long terms, long panels, int direction, bool adds) {
    const long next = direction * result.panel_stride, ahead = direction * size;
    for (long p = 0; p < panels; p++, right += ahead, result.values += next) {
        if (rows == 1 && p + 1 < panels) {
            multiply_row((float *[]){result.values, result.values + next}, left, left_stride,
                         (const float *[]){right, right + ahead}, terms, adds);
            p++, right += ahead, result.values += next;
        } else {
            multiply_panel(result.values, result.row_stride, left, left_stride, (right_panel){right, ahead}, rows,
                           terms, adds);
        }
    }
}

void crnn_panel_product(crnn_panels result, const float *left, long left_stride, const float *right, long rows,
                        long terms, crnn_range panels, bool adds, bool backwards) {
    const long size = terms * panel, first = panels.first + (backwards ? panels.count - 1 : 0);
    for (long row = 0; row < rows; row += block) {
        for (long term = 0; term < terms; term += depth) {
            crnn_panels place = result;
            place.values += first * result.panel_stride + row * result.row_stride;
            multiply_block(place, left + row * panel + term / panel * left_stride, left_stride,
                           right + first * size + term * panel, size, smaller(block, rows - row),
                           smaller(depth, terms - term), panels.count, backwards ? -1 : 1, adds || term > 0);
        }
    }
}

VECTORS_END
