#ifndef CRNN_GEMM_H
#define CRNN_GEMM_H

#include "images.h"

#pragma clang assume_nonnull begin

/// Matrix products in 32-bit floats. Packed factors lie in panels: the left factor in panels of sixteen terms
/// `[terms / 16 × rows × 16]`, the right factor in panels of sixteen columns `[columns / 16 × terms × 16]`. Terms and
/// columns are multiples of sixteen. Each sum adds its terms in order, so the bits of a row do not depend on the
/// other rows.

/// The number of terms or columns in a panel.
enum { crnn_panel = 16 };

/// Panels of rows: the distances between rows and between panels, in floats.
typedef struct {
    float *values;
    long row_stride, panel_stride;
} crnn_panels;

typedef struct {
    /// `result ← result + left · right` for factors `[rows × inner]` and `[inner × columns]` whose rows, like those of
    /// the result, lie a stride apart. Unpacked, on the calling thread: for products too small to prepare for.
    void (*add_product)(const float *left, long left_stride, const float *right, long right_stride, float *result,
                        long stride, long rows, long columns, long inner);

    /// The product for a range of the right factor's panels; added to `result` if `adds`. Rows of the left factor are
    /// adjacent, its panels lie `left_stride` apart. A caller that multiplies by the same factor repeatedly alternates
    /// `backwards`, so that the panels used last are still in the cache.
    void (*panel_product)(crnn_panels result, const float *left, long left_stride, const float *right, long rows,
                          long terms, crnn_range panels, bool adds, bool backwards);
} crnn_gemm_kernels;

/// Copies rows without gaps into panels of terms that lie a stride apart.
void crnn_pack_terms(float *panels, long panel_stride, const float *rows, long count, long terms);

/// Copies a matrix `[terms × columns]` into panels of columns.
void crnn_pack_columns(float *panels, const float *matrix, long terms, long columns);

/// Copies the input patches of a range of outputs into panels of terms that lie a stride apart: a convolution is the
/// product of its patches and the kernel `[height × width × inputs × outputs]` as a matrix. Outputs are counted image
/// by image and row by row; pixels beyond the edges are zeros. Channels are a multiple of sixteen.
void crnn_pack_patches(float *panels, long panel_stride, const float *image, crnn_planes inputs, crnn_planes outputs,
                       crnn_window window, crnn_range range);

#pragma clang assume_nonnull end

#endif
