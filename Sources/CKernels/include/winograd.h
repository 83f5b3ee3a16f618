#ifndef CRNN_WINOGRAD_H
#define CRNN_WINOGRAD_H

#include "gemm.h"

#pragma clang assume_nonnull begin

/// Convolution with 3×3 kernels and unit strides by Winograd's algorithm F(4×4, 3×3) (Lavin and Gray, "Fast
/// Algorithms for Convolutional Neural Networks", arXiv 1509.09308). It takes 36 multiplications instead of the 144 of
/// the direct sum: three linear transforms around 36 matrix products.
///
/// A tile is a square of 4×4 outputs. A patch is the 6×6 inputs that the tile depends on. Both are polynomials in two
/// variables, represented by their values at 6×6 points, where the convolution is an element-wise product. With B, A
/// and G of that paper: tile = Aᵀ [Σ over inputs (G kernel Gᵀ) ⊙ (Bᵀ patch B)] A. The gradients are the same
/// transforms transposed.
///
/// Channels of inputs and outputs are multiples of sixteen.

/// The number of points of a patch.
enum { crnn_winograd_points = 36 };

/// The rows and columns of tiles that cover an image, the outputs per side of a tile, and the zero pixels above and
/// left of the input.
typedef struct {
    long rows, columns;
    long tile_size;
    long top, left;
} crnn_tiling;

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

/// A kernel `[3 × 3 × inputs × outputs]`, or some of its inputs or outputs: the distances between weights and between
/// inputs, in floats. Outputs are adjacent. A negative distance between weights rotates the kernel by 180°.
typedef struct {
    float *values;
    long weight_stride, input_stride;
} crnn_winograd_weights;

/// The workspace of `unpacked_products`, in floats.
enum { crnn_winograd_workspace = 65 * crnn_panel * crnn_winograd_points };

typedef struct {
    /// The values of a kernel at all points, for a range of inputs, as `[points × outputs / panel × inputs × panel]`.
    void (*kernel)(float *points, crnn_winograd_weights kernel, crnn_winograd_sizes sizes, crnn_range inputs);

    /// The values of a range of patches. `mask`, if given, has the layout of the image: a pixel counts as zero unless
    /// its mask is positive.
    void (*patches)(crnn_point_matrices patches, crnn_images images, const float *_Nullable mask, crnn_tiling tiling,
                    crnn_range tiles);

    /// The tiles `[tiles × outputs]` as products of patches and kernel, for a range of points.
    void (*products)(crnn_point_matrices tiles, crnn_point_matrices patches, const float *kernel,
                     crnn_winograd_sizes sizes, crnn_range points);

    /// As `products`, from the weights of a kernel, for a range of panels of outputs. The kernel's values at the points
    /// take four times the memory of its weights; they are computed part by part in `workspace` and not kept.
    void (*unpacked_products)(crnn_point_matrices tiles, crnn_point_matrices patches, crnn_winograd_weights kernel,
                              float *workspace, crnn_winograd_sizes sizes, crnn_range panels);

    /// The pixels of a range of tiles.
    void (*pixels)(crnn_images images, crnn_point_matrices tiles, crnn_epilogue epilogue, crnn_tiling tiling,
                   crnn_range range);

    /// The gradients of a range of tiles at all points, from the gradients of their pixels, masked as in `patches`.
    /// Adds the pixel gradients of each channel to `sums`.
    void (*tile_gradients)(crnn_point_matrices tiles, float *sums, crnn_images gradients, const float *_Nullable mask,
                           crnn_tiling tiling, crnn_range range);

    /// The gradients of the kernel at a range of points `[points × inputs × outputs]`.
    void (*kernel_products)(float *kernel, crnn_point_matrices patches, crnn_point_matrices tiles,
                            crnn_winograd_sizes sizes, crnn_range points);

    /// Adds the gradient of the kernel, computed from its gradients at all points, for a range of inputs.
    void (*kernel_gradient)(crnn_winograd_weights kernel, const float *points, crnn_winograd_sizes sizes,
                            crnn_range inputs);
} crnn_winograd_kernels;

#pragma clang assume_nonnull end

#endif
