#ifndef CRNN_GEMM_PANEL_PRODUCT_H
#define CRNN_GEMM_PANEL_PRODUCT_H

#include "micro_kernel.h"

/// Some rows by one panel.
static void multiply_panel(float *result, long stride, const float *left, long left_stride, right_panel right,
                           long rows, long terms, bool adds) {
    row_steps steps = steps_of(rows, mr);
    for (long step = 0; step < steps.count; step++) {
        long count = rows_of(steps, step);
        multiply(count, result, stride, (left_factor){left, crnn_panel, 1, left_stride}, right, terms, adds);
        result += count * stride;
        left += count * crnn_panel;
    }
}

/// One row by two panels side by side: the sums of one would wait for each other.
static void multiply_row(float *const results[2], const float *left, long left_stride, const float *const right[2],
                         long terms, bool adds) {
    panel_row sums[2] = {{0}};
    for (int p = 0; adds && p < 2; p++) sums[p] = load_row(results[p]);
    for (long start = 0; start < terms; start += crnn_panel, left += left_stride)
        for (long i = 0; i < crnn_panel; i++)
            for (int p = 0; p < 2; p++) sums[p] += left[i] * load_row(right[p] + (start + i) * nr);
    for (int p = 0; p < 2; p++) store_row(results[p], sums[p]);
}

/// A block of rows by `panels` panels, each `direction` panels from the one before, over `terms` of their terms.
static void multiply_block(crnn_panels result, const float *left, long left_stride, const float *right, long size,
                           long rows, long terms, long panels, int direction, bool adds) {
    const long next = direction * result.panel_stride, ahead = direction * size;
    for (long p = 0; p < panels; p++, right += ahead, result.values += next) {
        if (rows == 1 && p + 1 < panels) {
            multiply_row((float *[]){result.values, result.values + next}, left, left_stride,
                         (const float *[]){right, right + ahead}, terms, adds);
            p++, right += ahead, result.values += next;
        } else {
            multiply_panel(result.values, result.row_stride, left, left_stride, (right_panel){right, nr, ahead}, rows,
                           terms, adds);
        }
    }
}

static void panel_product(crnn_panels result, const float *left, long left_stride, const float *right, long rows,
                          long terms, crnn_range panels, bool adds, bool backwards) {
    const long size = terms * crnn_panel, first = panels.first + (backwards ? panels.count - 1 : 0);
    for (long row = 0; row < rows; row += mc) {
        for (long term = 0; term < terms; term += kc) {
            crnn_panels place = result;
            place.values += first * result.panel_stride + row * result.row_stride;
            multiply_block(place, left + row * crnn_panel + term / crnn_panel * left_stride, left_stride,
                           right + first * size + term * crnn_panel, size, smaller(mc, rows - row),
                           smaller(kc, terms - term), panels.count, backwards ? -1 : 1, adds || term > 0);
        }
    }
}

#endif
