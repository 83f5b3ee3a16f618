#include "winograd_maps.h"

VECTORS_BEGIN

enum {
    panel = crnn_winograd_panel,
    /// How many terms are added before the next panel, so that what is read again stays in the first cache.
    depth = 256,
    /// Of how many inputs a panel of the kernel has values at all points at once where these are not kept: 144 KB.
    few = crnn_winograd_part / (panel * crnn_winograd_points) - 1
};

/// The left operand of a product: distances between rows, between terms, and between panels of terms.
typedef struct {
    const float *values;
    long row_stride, term_stride, panel_stride;
} left_operand;

/// `rows` rows of a panel of the product over `terms` terms, added to what is there where wanted; the right operand
/// is one panel, and the next one lies `ahead` of it: few rows wait for memory, unless it is on its way. The left
/// operand's panels are whole, unless they adjoin.
INLINED void multiply_rows(int rows, float *result, long stride, left_operand left, const float *right, long ahead,
                           long terms, bool adds) {
    vector found[most_rows][2] = {{{0}}};
    for (int r = 0; adds && r < rows; r++) {
        found[r][0] = load(result + r * stride);
        found[r][1] = load(result + r * stride + lanes);
    }
    for (long start = 0; start < terms; start += panel) {
        const float *factors = left.values;
        for (long i = 0; i < smaller(panel, terms - start); i++) {
            vector first = load(right), second = load(right + lanes);
            if (rows < 5) __builtin_prefetch(right + ahead, 0, 2);
            _Pragma("clang loop unroll(full)") for (int r = 0; r < rows; r++) {
                float factor = factors[r * left.row_stride];
                found[r][0] += factor * first;
                found[r][1] += factor * second;
            }
            factors += left.term_stride;
            right += panel;
        }
        left.values += left.panel_stride;
    }
    for (int r = 0; r < rows; r++) {
        store(result + r * stride, found[r][0]);
        store(result + r * stride + lanes, found[r][1]);
    }
}

/// As `multiply_rows`, for a number of rows that is known at run time.
static void multiply(long rows, float *result, long stride, left_operand left, const float *right, long ahead,
                     long terms, bool adds) {
    switch (rows) {
    case 1: return multiply_rows(1, result, stride, left, right, ahead, terms, adds);
    case 2: return multiply_rows(2, result, stride, left, right, ahead, terms, adds);
    case 3: return multiply_rows(3, result, stride, left, right, ahead, terms, adds);
    case 4: return multiply_rows(4, result, stride, left, right, ahead, terms, adds);
    case 5: return multiply_rows(5, result, stride, left, right, ahead, terms, adds);
    default: return multiply_rows(most_rows, result, stride, left, right, ahead, terms, adds);
    }
}

void crnn_winograd_products(crnn_point_matrices tiles, crnn_point_matrices patches, const float *kernel,
                            crnn_winograd_sizes sizes, crnn_range points) {
    for (long p = points.first; p < points.first + points.count; p++) {
        const float *point = kernel + p * sizes.inputs * sizes.outputs;
        const float *patch = patches.values + p * patches.point_stride;
        float *tile = tiles.values + p * tiles.point_stride;
        for (long input = 0; input < sizes.inputs; input += depth) {
            long terms = smaller(depth, sizes.inputs - input);
            const float *factors = patch + input / panel * patches.panel_stride;
            for (long output = 0; output < sizes.outputs; output += panel) {
                const float *right = point + output * sizes.inputs + input * panel;
                float *result = tile + output / panel * tiles.panel_stride;
                for (long row = 0, rows; row < sizes.tiles; row += rows) {
                    rows = rows_of_step(sizes.tiles - row);
                    left_operand left = {factors + row * panel, panel, 1, patches.panel_stride};
                    multiply(rows, result + row * panel, panel, left, right, sizes.inputs * panel, terms, input > 0);
                }
            }
        }
    }
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
                const float *factors = patches.values + p * patches.point_stride + input / panel * patches.panel_stride;
                float *result = tiles.values + p * tiles.point_stride + output * tiles.panel_stride;
                for (long row = 0, rows; row < sizes.tiles; row += rows) {
                    rows = rows_of_step(sizes.tiles - row);
                    left_operand left = {factors + row * panel, panel, 1, patches.panel_stride};
                    multiply(rows, result + row * panel, panel, left, part + p * point_stride, point_stride, terms,
                             input > 0);
                }
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
                        left_operand left = {factors + starts[part], 1, panel, panel * panel};
                        multiply(counts[part], point + (input + starts[part]) * sizes.outputs + output,
                                 sizes.outputs, left, right, tiles.panel_stride, terms, tile > 0);
                    }
                }
            }
        }
    }
}

VECTORS_END
