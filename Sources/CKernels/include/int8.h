#ifndef CRNN_INT8_H
#define CRNN_INT8_H

#include "winograd.h"
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Quantized products: int8 weights, int16 activations of recurrent layers, uint8 images, exact int32 sums.

/// A left factor `[rows × terms]`: rows lie a stride apart. Terms come in pairs; an odd number is padded with a zero.
typedef struct {
    int16_t *values;
    long stride;
} crnn_int16_rows;

/// A right factor `[terms × columns]` in panels of columns `[columns / panel × pairs × panel × 2]`; columns and pairs
/// are rounded up and padded with zeros.
typedef struct {
    int16_t *panels;
    long pairs, columns;
} crnn_int16_matrix;

/// The same in int8, widened to int16 as it is read.
typedef struct {
    int8_t *_Nullable panels;
    long pairs, columns;
} crnn_int8_matrix;

/// Convolution of uint8 images with 3×3 int8 kernels and unit strides by Winograd's algorithm in integers, with tiles
/// of 2×2 or 4×4 outputs: 16 multiplications where the direct sum takes 36, or 36 where it takes 144. The transforms,
/// scaled by a factor for each point, are integers, and the sums are exact.
///
/// Channels of inputs and outputs are multiples of sixteen. Tiles of 4×4 use the points 0, ±1, ±2, ∞; their sums are
/// those of the convolution times 24², modulo 2³², so the convolution's must lie within ±2²⁵. The sums of 2×2 tiles
/// are four times those of the convolution.

/// For each point a matrix `[tiles × channels]`, int16 for patches, int32 for tiles: the distances between points and
/// between tiles.
typedef struct {
    int16_t *values;
    long point_stride, tile_stride;
} crnn_int16_patches;
typedef struct {
    int32_t *values;
    long point_stride, tile_stride;
} crnn_int32_tiles;

/// How pixels follow from a tile's sums: (sum + offset) · multiplier of each channel, then the ReLU if `relu`. Either
/// as `bytes`, clamped to 0…255, ties rounded to even, or as `floats`.
typedef struct {
    const float *offsets, *multipliers;
    bool relu;
    uint8_t *_Nullable bytes;
    float *_Nullable floats;
} crnn_dequantized_pixels;

typedef struct {
    /// Quantizes rows of floats to int16, each row with a scale of its own: its largest magnitude divided by `limit`.
    /// A row that is not finite gets the scale NaN.
    void (*quantize_rows)(crnn_int16_rows quantized, float *scales, const float *rows, long row_stride,
                          float limit, long count, long columns);

    /// The product of quantized rows and a range of a matrix's panels, in floats: each sum times the scales of its row
    /// and its column; added to `result` if `adds`.
    void (*product)(float *result, long result_stride, crnn_int16_rows left, const float *row_scales, long rows,
                    crnn_int8_matrix right, const float *column_scales, crnn_range panels, bool adds);

    /// The values of a range of patches of a uint8 image, its channels innermost.
    void (*winograd_patches)(crnn_int16_patches patches, const uint8_t *image, crnn_planes planes,
                             crnn_tiling tiling, long tile_size, crnn_range tiles);

    /// The tiles' sums of products at a point.
    void (*winograd_products)(int32_t *tiles, long tile_stride, crnn_int16_rows patches, long count,
                              crnn_int16_matrix kernel);

    /// The pixels of a range of tiles.
    void (*winograd_pixels)(crnn_dequantized_pixels pixels, crnn_int32_tiles tiles, crnn_planes planes,
                            crnn_tiling tiling, long tile_size, crnn_range range);
} crnn_int8_kernels;

/// Packs a matrix of int8 `[terms × columns]` into panels.
void crnn_pack_int8(crnn_int8_matrix matrix, const int8_t *values, long terms);

/// The number of points of a patch, the inputs under a tile of `tile_size`² outputs.
long crnn_int8_winograd_points(long tile_size);

/// The values at a point of a kernel `[3 × 3 × inputs × outputs]`, scaled, as the right factor of a product; its
/// columns and pairs need no padding.
void crnn_int8_winograd_kernel(crnn_int16_matrix matrix, const int8_t *kernel, long inputs, long tile_size,
                               long point);

#pragma clang assume_nonnull end

#endif
