#ifndef CRNN_WINOGRAD_PRODUCTS_H
#define CRNN_WINOGRAD_PRODUCTS_H

#include "gemm/panel_product.h"
#include "transforms.h"

/// The inputs whose values at all points are computed at once for a panel of outputs, if these are not kept: 144 KB.
enum { unpacked_inputs = crnn_winograd_part / (crnn_panel * crnn_winograd_points) - 1 };

/// The values at a point, from a panel on.
INLINED crnn_panels at_point(crnn_point_matrices matrices, long point, long first) {
    float *values = matrices.values + point * matrices.point_stride + first * matrices.panel_stride;
    return (crnn_panels){values, crnn_panel, matrices.panel_stride};
}

static void winograd_products(crnn_point_matrices tiles, crnn_point_matrices patches, const float *kernel,
                              crnn_winograd_sizes sizes, crnn_range points) {
    for (long p = points.first; p < points.first + points.count; p++)
        panel_product(at_point(tiles, p, 0), at_point(patches, p, 0).values, patches.panel_stride,
                           kernel + p * sizes.inputs * sizes.outputs, sizes.tiles, sizes.inputs,
                           (crnn_range){0, sizes.outputs / crnn_panel}, false, false);
}

static void winograd_unpacked_products(crnn_point_matrices tiles, crnn_point_matrices patches,
                                       crnn_winograd_weights kernel, float *part, crnn_winograd_sizes sizes,
                                       crnn_range panels) {
    for (long output = panels.first; output < panels.first + panels.count; output++) {
        for (long input = 0; input < sizes.inputs; input += unpacked_inputs) {
            long terms = smaller(unpacked_inputs, sizes.inputs - input);
            // At a multiple of 4 KiB, the points would share one set of the cache.
            long point_stride = (terms + 1) * crnn_panel;
            crnn_winograd_weights weights = kernel;
            weights.values += input * kernel.input_stride + output * crnn_panel;
            winograd_kernel(part, weights, (crnn_winograd_sizes){0, terms + 1, crnn_panel}, false,
                                 (crnn_range){0, terms});
            for (long p = 0; p < crnn_winograd_points; p++) {
                const float *left = at_point(patches, p, input / crnn_panel).values;
                panel_product(at_point(tiles, p, output), left, patches.panel_stride, part + p * point_stride,
                                   sizes.tiles, terms, (crnn_range){0, 1}, input > 0, false);
            }
        }
    }
}

static void winograd_kernel_products(float *kernel, crnn_point_matrices patches, crnn_point_matrices tiles,
                                     crnn_winograd_sizes sizes, crnn_range points) {
    // The inputs of a panel in as few groups as the registers allow.
    const row_steps steps = steps_of(crnn_panel, mr);
    for (long p = points.first; p < points.first + points.count; p++) {
        float *point = kernel + p * sizes.inputs * sizes.outputs;
        const float *patch = patches.values + p * patches.point_stride;
        const float *gradients = tiles.values + p * tiles.point_stride;
        for (long tile = 0; tile < sizes.tiles; tile += kc) {
            long terms = smaller(kc, sizes.tiles - tile);
            for (long output = 0; output < sizes.outputs; output += crnn_panel) {
                const float *right = gradients + output / crnn_panel * tiles.panel_stride + tile * crnn_panel;
                for (long input = 0; input < sizes.inputs; input += crnn_panel) {
                    const float *factors = patch + input / crnn_panel * patches.panel_stride + tile * crnn_panel;
                    for (long step = 0, row = 0, count; step < steps.count; step++, row += count) {
                        count = rows_of(steps, step);
                        left_factor left = {factors + row, 1, crnn_panel, crnn_panel * crnn_panel};
                        multiply(count, point + (input + row) * sizes.outputs + output, sizes.outputs, left,
                                 (right_panel){right, nr, tiles.panel_stride}, terms, tile > 0);
                    }
                }
            }
        }
    }
}

#endif
