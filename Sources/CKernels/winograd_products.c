#include "product_step.h"
#include "winograd_maps.h"

VECTORS_BEGIN

enum {
    panel = crnn_panel,
    /// Of how many inputs a panel of the kernel has values at all points at once where these are not kept: 144 KB.
    few = crnn_winograd_part / (panel * crnn_winograd_points) - 1
};

/// The values at a point, from a panel on.
INLINED crnn_panels at_point(crnn_point_matrices matrices, long point, long first) {
    float *values = matrices.values + point * matrices.point_stride + first * matrices.panel_stride;
    return (crnn_panels){values, panel, matrices.panel_stride};
}

void crnn_winograd_products(crnn_point_matrices tiles, crnn_point_matrices patches, const float *kernel,
                            crnn_winograd_sizes sizes, crnn_range points) {
    for (long p = points.first; p < points.first + points.count; p++)
        crnn_panel_product(at_point(tiles, p, 0), at_point(patches, p, 0).values, patches.panel_stride,
                           kernel + p * sizes.inputs * sizes.outputs, sizes.tiles, sizes.inputs,
                           (crnn_range){0, sizes.outputs / panel}, false, false);
}

void crnn_winograd_passing_products(crnn_point_matrices tiles, crnn_point_matrices patches,
                                    crnn_winograd_weights kernel, float *part, crnn_winograd_sizes sizes,
                                    crnn_range panels) {
    for (long output = panels.first; output < panels.first + panels.count; output++) {
        for (long input = 0; input < sizes.inputs; input += few) {
            long terms = smaller(few, sizes.inputs - input);
            // At a multiple of 4 KiB, the points would share one set of the cache.
            long point_stride = (terms + 1) * panel;
            crnn_winograd_weights weights = kernel;
            weights.values += input * kernel.input_stride + output * panel;
            crnn_winograd_kernel(part, weights, (crnn_winograd_sizes){0, terms + 1, panel}, false,
                                 (crnn_range){0, terms});
            for (long p = 0; p < crnn_winograd_points; p++) {
                const float *left = at_point(patches, p, input / panel).values;
                crnn_panel_product(at_point(tiles, p, output), left, patches.panel_stride, part + p * point_stride,
                                   sizes.tiles, terms, (crnn_range){0, 1}, input > 0, false);
            }
        }
    }
}

void crnn_winograd_kernel_products(float *kernel, crnn_point_matrices patches, crnn_point_matrices tiles,
                                   crnn_winograd_sizes sizes, crnn_range points) {
    // A panel of inputs in three groups of nearly the same size.
    static const long starts[] = {0, 6, 11}, counts[] = {6, 5, 5};
    for (long p = points.first; p < points.first + points.count; p++) {
        float *point = kernel + p * sizes.inputs * sizes.outputs;
        const float *patch = patches.values + p * patches.point_stride;
        const float *gradients = tiles.values + p * tiles.point_stride;
        for (long tile = 0; tile < sizes.tiles; tile += depth) {
            long terms = smaller(depth, sizes.tiles - tile);
            for (long output = 0; output < sizes.outputs; output += panel) {
                const float *right = gradients + output / panel * tiles.panel_stride + tile * panel;
                for (long input = 0; input < sizes.inputs; input += panel) {
                    const float *factors = patch + input / panel * patches.panel_stride + tile * panel;
                    for (int part = 0; part < 3; part++) {
                        float *weights = point + (input + starts[part]) * sizes.outputs + output;
                        left_factor left = {factors + starts[part], 1, panel, panel * panel};
                        multiply(counts[part], weights, sizes.outputs, left, (right_panel){right, tiles.panel_stride},
                                 terms, tile > 0);
                    }
                }
            }
        }
    }
}

VECTORS_END
