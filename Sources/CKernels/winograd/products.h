#ifndef CRNN_WINOGRAD_PRODUCTS_H
#define CRNN_WINOGRAD_PRODUCTS_H

#include "gemm/panel_product.h"
#include "transforms.h"

/// Inputs whose values at all points are computed at once for a panel of outputs, if these are not kept. They take
/// 144 KiB, so they stay in the L2 cache while all tiles are multiplied by them.
enum { unpacked_inputs = crnn_winograd_workspace / (crnn_panel * crnn_winograd_points) - 1 };

/// The matrix of a point, from a panel on.
INLINED crnn_panels at_point(crnn_point_matrices matrices, long point, long first) {
    float *values = matrices.values + point * matrices.point_stride + first * matrices.panel_stride;
    return (crnn_panels){values, crnn_panel, matrices.panel_stride};
}

static void winograd_products(crnn_point_matrices tiles, crnn_point_matrices patches, const float *kernel,
                              crnn_winograd_sizes sizes, crnn_range points) {
    for (long p = points.first; p < points.first + points.count; p++)
        panel_product((crnn_panel_product){
            .result = at_point(tiles, p, 0),
            .left = at_point(patches, p, 0).values,
            .left_panel_stride = patches.panel_stride,
            .right = kernel + p * sizes.inputs * sizes.outputs,
            .rows = sizes.tiles,
            .terms = sizes.inputs,
            .panels = {0, sizes.outputs / crnn_panel},
        });
}

static void winograd_unpacked_products(crnn_point_matrices tiles, crnn_point_matrices patches,
                                       crnn_winograd_weights kernel, float *workspace, crnn_winograd_sizes sizes,
                                       crnn_range panels) {
    for (long panel = panels.first; panel < panels.first + panels.count; panel++) {
        for (long input = 0; input < sizes.inputs; input += unpacked_inputs) {
            const long terms = smaller(unpacked_inputs, sizes.inputs - input);
            // One row of padding: at multiples of 4 KiB, all points would fall into one set of the cache.
            const crnn_winograd_sizes padded = {0, terms + 1, crnn_panel};
            crnn_winograd_weights weights = kernel;
            weights.values += input * kernel.input_stride + panel * crnn_panel;
            winograd_kernel(workspace, weights, padded, (crnn_range){0, terms});
            for (long p = 0; p < crnn_winograd_points; p++)
                panel_product((crnn_panel_product){
                    .result = at_point(tiles, p, panel),
                    .left = at_point(patches, p, input / crnn_panel).values,
                    .left_panel_stride = patches.panel_stride,
                    .right = workspace + p * padded.inputs * padded.outputs,
                    .rows = sizes.tiles,
                    .terms = terms,
                    .panels = {0, 1},
                    .adds = input > 0,
                });
        }
    }
}

/// A panel of inputs by `panels` panels of outputs: the gradient of their part of the kernel at one point, summed over
/// `count` tiles.
INLINED void multiply_tiles(int panels, crnn_matrix kernel, const float *patches, right_panel gradients, long count,
                            bool adds) {
    const row_steps steps = steps_of(crnn_panel, mr);
    for (long step = 0, input = 0, rows; step < steps.count; step++, input += rows) {
        rows = rows_of(steps, step);
        multiply(rows, panels, (micro_product){
                           .result = {kernel.values + input * kernel.stride, kernel.stride},
                           .next = nr,
                           .left = {patches + input, 1, crnn_panel, crnn_panel * crnn_panel},
                           .right = gradients,
                           .terms = count,
                           .adds = adds,
                       });
    }
}

static void winograd_kernel_products(float *kernel, crnn_point_matrices patches, crnn_point_matrices tiles,
                                     crnn_winograd_sizes sizes, crnn_range points) {
    for (long p = points.first; p < points.first + points.count; p++) {
        for (long tile = 0; tile < sizes.tiles; tile += kc) {
            const long count = smaller(kc, sizes.tiles - tile);
            for (long output = 0, panels; output < sizes.outputs; output += panels * nr) {
                panels = output + np * nr <= sizes.outputs ? np : 1;
                const float *values = at_point(tiles, p, output / nr).values + tile * nr;
                const right_panel gradients = {values, nr, tiles.panel_stride};
                for (long input = 0; input < sizes.inputs; input += crnn_panel) {
                    const crnn_matrix result
                        = {kernel + (p * sizes.inputs + input) * sizes.outputs + output, sizes.outputs};
                    const float *left = at_point(patches, p, input / crnn_panel).values + tile * crnn_panel;
                    if (panels == np)
                        multiply_tiles(np, result, left, gradients, count, tile > 0);
                    else
                        multiply_tiles(1, result, left, gradients, count, tile > 0);
                }
            }
        }
    }
}

#endif
