#ifndef CRNN_WINOGRAD_H
#define CRNN_WINOGRAD_H

#include "gemm.h"

#pragma clang assume_nonnull begin

/// Convolution with 3×3 kernels and unit strides by Winograd's algorithm F(4×4, 3×3) (Lavin and Gray, "Fast
/// Algorithms for Convolutional Neural Networks", arXiv 1509.09308): 36 multiplications where the direct sum takes
/// 144, in three linear transforms around 36 matrix products.
///
/// A tile is a square of 4×4 outputs, a patch the 6×6 inputs under it. Both are polynomials in two variables,
/// known by their values at 6×6 points, where the convolution is a product: with B, A and G of that paper,
/// tile = Aᵀ [Σ over inputs (G kernel Gᵀ) ⊙ (Bᵀ patch B)] A. The gradients are the same transforms transposed.

/// The number of points of a patch.
enum { crnn_winograd_points = 36 };

/// How many tiles cover an image, and the zero pixels above and left of the input.
typedef struct {
    long rows, columns;
    long top, left;
} crnn_tiling;

/// Channels of inputs and outputs are multiples of sixteen.

/// For each point a matrix `[tiles × channels]` in panels `[channels / panel × tiles × panel]`: the distances
/// between points and between panels, in floats.
typedef struct {
    float *values;
    long point_stride, panel_stride;
} crnn_point_matrices;

/// The sizes of 36 products `[tiles × inputs] · [inputs × outputs]`.
typedef struct {
    long tiles, inputs, outputs;
} crnn_winograd_sizes;

/// A kernel `[3 × 3 × inputs × outputs]`, or the part of one from some input or output on: the distances between
/// weights and between inputs, in floats; outputs lie side by side.
typedef struct {
    float *values;
    long weight_stride, input_stride;
} crnn_winograd_weights;

/// The workspace of `unpacked_products`, in floats.
enum { crnn_winograd_part = 65 * crnn_panel * crnn_winograd_points };

typedef struct {
    /// The values at all points of a kernel, rotated by 180° if `rotated`, for a range of inputs, as
    /// `[points × outputs / panel × inputs × panel]`.
    void (*kernel)(float *points, crnn_winograd_weights kernel, crnn_winograd_sizes sizes, bool rotated,
                   crnn_range inputs);

    /// The values of a range of patches. `mask`, if given, has the layout of the image; a pixel counts as zero where
    /// its mask is not positive.
    void (*patches)(crnn_point_matrices patches, const float *image, const float *_Nullable mask, crnn_planes planes,
                    crnn_tiling tiling, crnn_range tiles);

    /// The tiles `[tiles × outputs]` as products of patches and kernel, for a range of points.
    void (*products)(crnn_point_matrices tiles, crnn_point_matrices patches, const float *kernel,
                     crnn_winograd_sizes sizes, crnn_range points);

    /// As `products`, for a range of panels of outputs, from the kernel's weights: its values at the points, four
    /// times as many, are computed part by part and not kept. `part` holds `crnn_winograd_part` floats.
    void (*unpacked_products)(crnn_point_matrices tiles, crnn_point_matrices patches, crnn_winograd_weights kernel,
                              float *part, crnn_winograd_sizes sizes, crnn_range panels);

    /// The pixels of a range of tiles, plus `bias` if given, then the ReLU if `relu`.
    void (*pixels)(float *image, crnn_point_matrices tiles, const float *_Nullable bias, bool relu, crnn_planes planes,
                   crnn_tiling tiling, crnn_range range);

    /// The gradients at all points of a range of tiles from those of their pixels, masked as in `patches`; adds the
    /// pixels' gradients of each channel to `sums`.
    void (*tile_gradients)(crnn_point_matrices tiles, float *sums, const float *image, const float *_Nullable mask,
                           crnn_planes planes, crnn_tiling tiling, crnn_range range);

    /// The gradients of the kernel at a range of points `[points × inputs × outputs]`.
    void (*kernel_products)(float *kernel, crnn_point_matrices patches, crnn_point_matrices tiles,
                            crnn_winograd_sizes sizes, crnn_range points);

    /// Adds the gradients at all points to the gradient of the kernel, for a range of inputs.
    void (*kernel_gradient)(crnn_winograd_weights kernel, const float *points, crnn_winograd_sizes sizes,
                            crnn_range inputs);
} crnn_winograd_kernels;

#pragma clang assume_nonnull end

#endif
