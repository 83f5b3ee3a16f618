#ifndef CRNN_GEMM_H
#define CRNN_GEMM_H

#include "images.h"

#pragma clang assume_nonnull begin

/// Matrix products in 32-bit floats.
///
/// Packed factors lie in panels. The left factor `[rows × terms]` lies in panels of sixteen terms
/// `[terms / 16 × rows × 16]`, the right factor `[terms × columns]` in panels of sixteen columns
/// `[columns / 16 × terms × 16]`. Terms and columns are multiples of sixteen.
///
/// Each sum adds its terms in order, so the bits of a row do not depend on the other rows.

/// The number of terms or columns in a panel.
enum { crnn_panel = 16 };

/// Panels of rows: the distances between rows and between panels, in floats.
typedef struct {
    float *values;
    long row_stride, panel_stride;
} crnn_panels;

/// The sizes of a product `[rows × terms] · [terms × columns]`.
typedef struct {
    long rows, columns, terms;
} crnn_product_sizes;

/// A product of packed factors, for some panels of the right factor.
typedef struct {
    crnn_panels result;
    /// The left factor: the rows of a panel are adjacent, panels lie `left_panel_stride` floats apart.
    const float *left;
    long left_panel_stride;
    /// The right factor.
    const float *right;
    long rows, terms;
    /// The panels of the right factor.
    crnn_range panels;
    /// Whether the product is added to the result.
    bool adds;
    /// Whether panels are taken from the last to the first. A caller that multiplies by the same large factor again
    /// and again alternates the direction: the panels that were used last are still in the cache.
    bool backwards;
} crnn_panel_product;

typedef struct {
    /// `result ← result + left · right` without packing, on the calling thread: for products that are too small to
    /// prepare for.
    void (*add_product)(crnn_matrix result, crnn_const_matrix left, crnn_const_matrix right, crnn_product_sizes sizes);

    /// The product of packed factors.
    void (*panel_product)(crnn_panel_product product);
} crnn_gemm_kernels;

/// Copies `count` rows of `terms` terms without gaps into panels of terms that lie `panel_stride` floats apart.
void crnn_pack_terms(float *panels, long panel_stride, const float *rows, long count, long terms);

/// Copies a matrix `[terms × columns]` into panels of columns.
void crnn_pack_columns(float *panels, const float *matrix, long terms, long columns);

/// Copies the patches under a range of output pixels into panels of terms that lie `panel_stride` floats apart
/// (im2col): a convolution is the product of its patches and the kernel `[height × width × inputs × outputs]` as a
/// matrix. Output pixels are counted image by image, row by row. Pixels beyond the edges are zero. The input channels
/// are a multiple of sixteen.
void crnn_pack_patches(float *panels, long panel_stride, const float *image, crnn_sliding sliding, crnn_range outputs);

#pragma clang assume_nonnull end

#endif
