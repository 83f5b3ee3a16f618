#ifndef CRNN_GEMM_PANEL_PRODUCT_H
#define CRNN_GEMM_PANEL_PRODUCT_H

#include "micro_kernel.h"

/// A part of a product that the caches hold: up to `mc` rows and `kc` terms, from some panel on.
typedef struct {
    float *result;
    const float *left, *right;
    long rows, terms;
    bool adds;
} product_block;

/// The rows of a block by `panels` panels. The next panel begins `ahead` floats later, that of the result `next`.
INLINED void multiply_panels(const crnn_panel_product *p, product_block block, int panels, long next, long ahead) {
    const long stride = p->result.row_stride;
    const row_steps steps = steps_of(block.rows, mr);
    for (long step = 0; step < steps.count; step++) {
        long count = rows_of(steps, step);
        multiply(count, panels, (micro_product){
                            .result = {block.result, stride},
                            .next = next,
                            .left = {block.left, crnn_panel, 1, p->left_panel_stride},
                            .right = {block.right, nr, ahead},
                            .terms = block.terms,
                            .adds = block.adds,
                        });
        block.result += count * stride;
        block.left += count * crnn_panel;
    }
}

/// One row by two adjacent panels. With a single panel, each addition would wait for the one before it.
static void multiply_row(product_block block, long left_panel_stride, long next, long ahead) {
    float *const results[2] = {block.result, block.result + next};
    const float *const right[2] = {block.right, block.right + ahead}, *left = block.left;
    panel_row sums[2] = {{0}};
    for (int p = 0; block.adds && p < 2; p++) sums[p] = load_row(results[p]);
    for (long start = 0; start < block.terms; start += crnn_panel, left += left_panel_stride)
        for (long i = 0; i < crnn_panel; i++)
            for (int p = 0; p < 2; p++) sums[p] += left[i] * load_row(right[p] + (start + i) * nr);
    for (int p = 0; p < 2; p++) store_row(results[p], sums[p]);
}

/// The rows and terms of a block by all panels of the product.
static void multiply_block(const crnn_panel_product *p, product_block block) {
    const int direction = p->backwards ? -1 : 1;
    const long next = direction * p->result.panel_stride, ahead = direction * p->terms * crnn_panel;
    for (long panel = 0, count; panel < p->panels.count; panel += count) {
        const long left = p->panels.count - panel;
        count = block.rows == 1 && left > 1 ? 2 : left >= np ? np : 1;
        if (block.rows == 1 && left > 1)
            multiply_row(block, p->left_panel_stride, next, ahead);
        else if (count == np)
            multiply_panels(p, block, np, next, ahead);
        else
            multiply_panels(p, block, 1, next, ahead);
        block.right += count * ahead;
        block.result += count * next;
    }
}

static void panel_product(crnn_panel_product p) {
    const long first = p.panels.first + (p.backwards ? p.panels.count - 1 : 0);
    float *const result = p.result.values + first * p.result.panel_stride;
    for (long row = 0; row < p.rows; row += mc)
        for (long term = 0; term < p.terms; term += kc)
            multiply_block(&p, (product_block){
                                   .result = result + row * p.result.row_stride,
                                   .left = p.left + row * crnn_panel + term / crnn_panel * p.left_panel_stride,
                                   .right = p.right + (first * p.terms + term) * crnn_panel,
                                   .rows = smaller(mc, p.rows - row),
                                   .terms = smaller(kc, p.terms - term),
                                   .adds = p.adds || term > 0,
                               });
}

#endif
