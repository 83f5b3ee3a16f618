#include "winograd_maps.h"

VECTORS_BEGIN

enum {
    panel = crnn_winograd_panel,
    /// The rows of a result that one step makes: with the panel's two vectors they fill the registers.
    group = 6,
    /// How many terms are added before the next panel, so that what is read again stays in the first cache.
    depth = 256
};

/// The left operand of a product: distances between rows, and between terms.
typedef struct {
    const float *values;
    long row_stride, term_stride;
} left_operand;

/// The right operand: one panel, its terms `stride` apart.
typedef struct {
    const float *values;
    long stride;
} right_operand;

/// `rows` rows of a panel of the product over `terms` terms, added to what is there where wanted.
INLINED void multiply_rows(int rows, float *result, long stride, left_operand left, right_operand right,
                           long terms, bool adds) {
    vector sums[group][2];
    for (int r = 0; r < rows; r++) {
        sums[r][0] = adds ? load(result + r * stride) : (vector){0};
        sums[r][1] = adds ? load(result + r * stride + lanes) : (vector){0};
    }
    for (long i = 0; i < terms; i++) {
        vector first = load(right.values), second = load(right.values + lanes);
        _Pragma("clang loop unroll(full)") for (int r = 0; r < rows; r++) {
            float factor = left.values[r * left.row_stride];
            sums[r][0] += factor * first;
            sums[r][1] += factor * second;
        }
        left.values += left.term_stride;
        right.values += right.stride;
    }
    for (int r = 0; r < rows; r++) {
        store(result + r * stride, sums[r][0]);
        store(result + r * stride + lanes, sums[r][1]);
    }
}

/// A panel of the product over `terms` terms, group by group of its rows.
static void multiply(float *result, long stride, left_operand left, right_operand right, long rows, long terms,
                     bool adds) {
    for (long row = 0; row < rows; row += group) {
        float *target = result + row * stride;
        left_operand here = {left.values + row * left.row_stride, left.row_stride, left.term_stride};
        switch (rows - row) {
        case 1: multiply_rows(1, target, stride, here, right, terms, adds); break;
        case 2: multiply_rows(2, target, stride, here, right, terms, adds); break;
        case 3: multiply_rows(3, target, stride, here, right, terms, adds); break;
        case 4: multiply_rows(4, target, stride, here, right, terms, adds); break;
        case 5: multiply_rows(5, target, stride, here, right, terms, adds); break;
        default: multiply_rows(group, target, stride, here, right, terms, adds);
        }
    }
}

void crnn_winograd_products(crnn_point_matrices tiles, crnn_point_matrices patches, const float *kernel,
                            crnn_winograd_sizes sizes, crnn_range points) {
    for (long p = points.first; p < points.first + points.count; p++) {
        const float *point = kernel + p * sizes.inputs * sizes.outputs;
        for (long input = 0; input < sizes.inputs; input += depth) {
            left_operand left = {patches.values + p * patches.point_stride + input, patches.row_stride, 1};
            for (long output = 0; output < sizes.outputs; output += panel) {
                right_operand right = {point + output * sizes.inputs + input * panel, panel};
                multiply(tiles.values + p * tiles.point_stride + output, tiles.row_stride, left, right,
                         sizes.tiles, smaller(depth, sizes.inputs - input), input > 0);
            }
        }
    }
}

void crnn_winograd_kernel_products(float *kernel, crnn_point_matrices patches, crnn_point_matrices tiles,
                                   crnn_winograd_sizes sizes, crnn_range points) {
    for (long p = points.first; p < points.first + points.count; p++) {
        float *point = kernel + p * sizes.inputs * sizes.outputs;
        for (long tile = 0; tile < sizes.tiles; tile += depth) {
            left_operand left = {patches.values + p * patches.point_stride + tile * patches.row_stride, 1,
                                 patches.row_stride};
            const float *gradients = tiles.values + p * tiles.point_stride + tile * tiles.row_stride;
            for (long output = 0; output < sizes.outputs; output += panel) {
                right_operand right = {gradients + output, tiles.row_stride};
                multiply(point + output, sizes.outputs, left, right, sizes.inputs,
                         smaller(depth, sizes.tiles - tile), tile > 0);
            }
        }
    }
}

VECTORS_END
