#ifndef CRNN_INT8_H
#define CRNN_INT8_H

#include "winograd.h"
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Quantized products: int8 weights; int16 activations of recurrent layers; uint8 images; exact int32 sums.

/// A left factor `[rows × terms]` in panels of sixteen terms that lie `panel_stride` numbers apart. Terms come in pairs:
/// an odd number of terms is padded with a zero.
typedef struct {
    int16_t *values;
    long panel_stride;
} crnn_int16_rows;

/// Rows of int16, each with its quantization scale.
typedef struct {
    crnn_int16_rows rows;
    float *scales;
} crnn_quantized_rows;

/// A right factor `[terms × columns]` in panels of columns `[columns / panel × pairs × panel × 2]`. Columns are
/// rounded up to whole panels and terms to whole pairs, padded with zeros.
typedef struct {
    int16_t *panels;
    long pairs, columns;
} crnn_int16_matrix;

/// A right factor in int8, in the same panels. It is widened to int16 when it is read.
typedef struct {
    int8_t *_Nullable panels;
    long pairs, columns;
} crnn_int8_matrix;

/// A product of quantized rows and some panels of a matrix, in floats: each int32 sum times the scales of its row and
/// column.
typedef struct {
    crnn_matrix result;
    crnn_quantized_rows left;
    long rows;
    crnn_int8_matrix right;
    const float *column_scales;
    crnn_range panels;
    /// Whether the product is added to the result.
    bool adds;
} crnn_int8_product;

/// Convolution of uint8 images with 3×3 int8 kernels and unit strides by Winograd's algorithm in integers, with tiles
/// of 2×2 outputs (16 multiplications instead of 36) or 4×4 outputs (36 instead of 144). The transforms are scaled by a
/// factor for each point that makes them integers, so the sums are exact.
///
/// Channels of inputs and outputs are multiples of sixteen. The sums of 2×2 tiles are those of the convolution times 4.
/// Tiles of 4×4 use the points 0, ±1, ±2, ∞; their sums are those of the convolution times 24², modulo 2³², so the sums
/// of the convolution must lie within ±2²⁵.

/// For each point a matrix of patches `[tiles × channels]` in panels of sixteen channels: the distances between points
/// and between panels.
typedef struct {
    int16_t *values;
    long point_stride, panel_stride;
} crnn_int16_patches;

/// For each point a matrix of sums `[tiles × channels]` in panels of sixteen channels: the distances between points and
/// between panels.
typedef struct {
    int32_t *values;
    long point_stride, panel_stride;
} crnn_int32_tiles;

/// Converts the sums of a channel to pixels: (sum + offset) · multiplier, then the ReLU if `relu`. One of `bytes` and
/// `floats` receives them. Bytes are rounded, ties to even, and clamped to 0…255.
typedef struct {
    const float *offsets, *multipliers;
    bool relu;
    uint8_t *_Nullable bytes;
    float *_Nullable floats;
} crnn_dequantized_pixels;

typedef struct {
    /// Quantizes `count` rows of `columns` floats to int16. The scale of a row is its largest magnitude divided by
    /// `limit`, or NaN if the row is not finite.
    void (*quantize_rows)(crnn_quantized_rows quantized, crnn_const_matrix rows, long count, long columns,
                          float limit);

    /// The product of quantized rows and a matrix.
    void (*product)(crnn_int8_product product);

    /// The values of a range of patches of a uint8 image whose channels are innermost.
    void (*winograd_patches)(crnn_int16_patches patches, const uint8_t *image, crnn_planes planes,
                             crnn_tiling tiling, crnn_range tiles);

    /// The sums of `count` tiles at the first point of `tiles`: the products of patches and kernel.
    void (*winograd_products)(crnn_int32_tiles tiles, crnn_int16_rows patches, long count, crnn_int16_matrix kernel);

    /// The pixels of a range of tiles.
    void (*winograd_pixels)(crnn_dequantized_pixels pixels, crnn_int32_tiles tiles, crnn_planes planes,
                            crnn_tiling tiling, crnn_range range);
} crnn_int8_kernels;

/// Packs an int8 matrix `[terms × columns]` into panels.
void crnn_pack_int8(crnn_int8_matrix matrix, const int8_t *values, long terms);

/// The number of points of a patch, for tiles of `tile_size`² outputs.
long crnn_int8_winograd_points(long tile_size);

/// The values of a kernel `[3 × 3 × inputs × outputs]` at one point, scaled, as the right factor of a product. Inputs
/// and outputs are multiples of sixteen, so there is no padding.
void crnn_int8_winograd_kernel(crnn_int16_matrix matrix, const int8_t *kernel, long inputs, long tile_size,
                               long point);

#pragma clang assume_nonnull end

#endif
