#ifndef CRNN_INTEGERS_H
#define CRNN_INTEGERS_H

#include "winograd.h"
#include <stdint.h>

/// Products of matrices of whole numbers of 16 bits with sums of 32 bits, and convolutions of bytes made of them.

/// A left factor `[rows × terms]`: its rows lie a stride apart, whose terms come in pairs; an odd one ends in a zero.
typedef struct {
    int16_t *values;
    long stride;
} crnn_integer_rows;

/// A right factor `[terms × columns]` in panels of columns `[columns / panel × pairs × panel × 2]`, columns and pairs
/// rounded up and filled with zeros.
typedef struct {
    int16_t *panels;
    long pairs, columns;
} crnn_integer_matrix;

/// The same in numbers of 8 bits, from −128 to 127, which are widened as they are read.
typedef struct {
    int8_t *panels;
    long pairs, columns;
} crnn_byte_matrix;

/// Writes a matrix of bytes `[terms × columns]` into panels.
void crnn_pack_bytes(crnn_byte_matrix matrix, const int8_t *values, long terms);

/// Rounds rows of floats to whole numbers of a unit for each row, the largest size among its floats divided by
/// `limit`. A row with something that is not a finite number gets a unit that is none.
void crnn_round_rows(crnn_integer_rows rounded, float *units, const float *rows, long row_stride, float limit,
                     long count, long columns);

/// The product of rounded rows and a range of a matrix's panels, in reals: a sum stands for the row's unit times the
/// column's scale. It is added to what is there, where wanted, and else replaces it.
void crnn_integer_product(float *result, long result_stride, crnn_integer_rows left, const float *units, long rows,
                          crnn_byte_matrix right, const float *scales, crnn_range panels, bool adds);

/// Convolution of bytes with 3×3 kernels and unit strides by Winograd's algorithm in whole numbers, with tiles of 2×2
/// or 4×4 outputs: 16 multiplications where the direct sum takes 36, or 36 where it takes 144. Scaled by a factor for
/// each point, all maps are whole, and the sums are exact.
///
/// Channels of inputs and outputs come in multiples of sixteen. Tiles of 4×4 use the points 0, ±1, ±2, ∞. Their sums
/// are those of the convolution times 24², modulo 2³²: the convolution's have to lie within ±2²⁵. Those of 2×2 are four
/// times as large as the convolution's.

/// The number of points of a patch, the inputs under a tile of `tile_size`² outputs.
long crnn_integer_winograd_points(long tile_size);

/// For each point a matrix `[tiles × channels]`, the patches' of 16 bits, the tiles' of 32: the distances between
/// points and between tiles.
typedef struct {
    int16_t *values;
    long point_stride, tile_stride;
} crnn_integer_patches;
typedef struct {
    int32_t *values;
    long point_stride, tile_stride;
} crnn_integer_tiles;

/// What makes pixels of a tile's sums: (sum + offset) · multiplier of each channel, then the ReLU where wanted. As
/// bytes, limited to 0…255, ties rounded to even; or as floats.
typedef struct {
    const float *offsets, *multipliers;
    bool relu;
    uint8_t *bytes;
    float *floats;
} crnn_integer_pixels;

/// The values at a point of a kernel `[3 × 3 × inputs × outputs]`, scaled, as the right factor of a product;
/// no columns or pairs are filled up.
void crnn_integer_winograd_kernel(crnn_integer_matrix matrix, const int8_t *kernel, long inputs, long tile_size,
                                  long point);

/// The values of a range of patches of an image of bytes, its channels innermost.
void crnn_integer_winograd_patches(crnn_integer_patches patches, const uint8_t *image, crnn_planes planes,
                                   crnn_tiling tiling, long tile_size, crnn_range tiles);

/// The tiles' sums of products at a point.
void crnn_integer_winograd_products(int32_t *tiles, long tile_stride, crnn_integer_rows patches, long count,
                                    crnn_integer_matrix kernel);

/// The pixels of a range of tiles.
void crnn_integer_winograd_pixels(crnn_integer_pixels pixels, crnn_integer_tiles tiles, crnn_planes planes,
                                  crnn_tiling tiling, long tile_size, crnn_range range);

#endif
