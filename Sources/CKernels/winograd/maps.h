#ifndef CRNN_WINOGRAD_MAPS_H
#define CRNN_WINOGRAD_MAPS_H

#include "simd/vectors.h"

/// The one-dimensional transforms of Winograd's algorithm, for the channels of a block. Each reads vectors that lie
/// `step` apart and writes vectors that lie `out_step` apart. A square takes two passes: over its columns, then over
/// its rows.

enum { tile_size = 4, patch_size = 6 };

typedef void (*winograd_map)(vector *out, long out_step, const vector *in, long step);

// The finite points are 0, ±A, ±B: the simple fractions whose results differ least from the direct sum. At 256 inputs
// they differ by 1e-6 of the result's root mean square; with the usual 0, ±1, ±2 it is 3e-6.
#define A 0.625f
#define B 1.5f
#define AA (A * A)
#define BB (B * B)
// The weights of the points: the reciprocal of the product of the differences to the other points.
#define WEIGHT_0 (1 / (AA * BB))
#define WEIGHT_A (1 / (2 * AA * (AA - BB)))
#define WEIGHT_B (1 / (2 * BB * (BB - AA)))

/// Bᵀ: six values of a patch from six pixels.
INLINED void patch_points(vector *out, long out_step, const vector *in, long step) {
    vector d1 = in[step], d2 = in[2 * step], d3 = in[3 * step], d4 = in[4 * step];
    vector even_a = d4 - d2 * BB, odd_a = (d3 - d1 * BB) * A;
    vector even_b = d4 - d2 * AA, odd_b = (d3 - d1 * AA) * B;
    out[0] = in[0] * (AA * BB) - d2 * (AA + BB) + d4;
    out[out_step] = even_a + odd_a;
    out[2 * out_step] = even_a - odd_a;
    out[3 * out_step] = even_b + odd_b;
    out[4 * out_step] = even_b - odd_b;
    out[5 * out_step] = d1 * (AA * BB) - d3 * (AA + BB) + in[5 * step];
}

/// Aᵀ: four pixels of a tile from its six values.
INLINED void tile_pixels(vector *out, long out_step, const vector *in, long step) {
    vector sum_a = in[step] + in[2 * step], difference_a = (in[step] - in[2 * step]) * A;
    vector sum_b = in[3 * step] + in[4 * step], difference_b = (in[3 * step] - in[4 * step]) * B;
    out[0] = in[0] + sum_a + sum_b;
    out[out_step] = difference_a + difference_b;
    out[2 * out_step] = sum_a * AA + sum_b * BB;
    out[3 * out_step] = difference_a * AA + difference_b * BB + in[5 * step];
}

/// A: the gradients of the six values of a tile from those of its four pixels.
INLINED void tile_points(vector *out, long out_step, const vector *in, long step) {
    vector y0 = in[0], y1 = in[step], y2 = in[2 * step], y3 = in[3 * step];
    vector even_a = y0 + y2 * AA, odd_a = (y1 + y3 * AA) * A;
    vector even_b = y0 + y2 * BB, odd_b = (y1 + y3 * BB) * B;
    out[0] = y0;
    out[out_step] = even_a + odd_a;
    out[2 * out_step] = even_a - odd_a;
    out[3 * out_step] = even_b + odd_b;
    out[4 * out_step] = even_b - odd_b;
    out[5 * out_step] = y3;
}

/// G: six values of a kernel from its three weights.
INLINED void kernel_points(vector *out, long out_step, const vector *in, long step) {
    vector g0 = in[0], g1 = in[step], g2 = in[2 * step];
    vector even_a = (g0 + g2 * AA) * WEIGHT_A, odd_a = g1 * (A * WEIGHT_A);
    vector even_b = (g0 + g2 * BB) * WEIGHT_B, odd_b = g1 * (B * WEIGHT_B);
    out[0] = g0 * WEIGHT_0;
    out[out_step] = even_a + odd_a;
    out[2 * out_step] = even_a - odd_a;
    out[3 * out_step] = even_b + odd_b;
    out[4 * out_step] = even_b - odd_b;
    out[5 * out_step] = g2;
}

/// Gᵀ: the gradients of three weights from those of the six values of a kernel.
INLINED void kernel_weights(vector *out, long out_step, const vector *in, long step) {
    vector even_a = (in[step] + in[2 * step]) * WEIGHT_A, even_b = (in[3 * step] + in[4 * step]) * WEIGHT_B;
    vector odd_a = (in[step] - in[2 * step]) * (A * WEIGHT_A);
    vector odd_b = (in[3 * step] - in[4 * step]) * (B * WEIGHT_B);
    out[0] = in[0] * WEIGHT_0 + even_a + even_b;
    out[out_step] = odd_a + odd_b;
    out[2 * out_step] = even_a * AA + even_b * BB + in[5 * step];
}

#undef A
#undef B
#undef AA
#undef BB
#undef WEIGHT_0
#undef WEIGHT_A
#undef WEIGHT_B

#endif
