#ifndef CRNN_INT8_WINOGRAD_H
#define CRNN_INT8_WINOGRAD_H

#include "CKernels.h"
#include "simd/vectors.h"
#include "winograd/tiles.h"

enum {
    /// The channels that are transformed at once.
    patch_channels = 16,
    /// The patch of a tile of 4×4 outputs.
    most_patch_size = 6,
    most_points = most_patch_size * most_patch_size
};

typedef uint8_t byte16 __attribute__((vector_size(16), aligned(1)));
typedef uint8_t byte8 __attribute__((vector_size(8), aligned(1)));
typedef int16_t shorts __attribute__((vector_size(32), aligned(2)));

/// Bᵀ: the values of a patch from as many pixels. Both lie `step` apart.
INLINED void int_patch_points(long tile_size, shorts *out, const shorts *in, long step) {
    shorts d0 = in[0], d1 = in[step], d2 = in[2 * step], d3 = in[3 * step];
    if (tile_size == 2) {
        out[0] = d0 - d2;
        out[step] = d1 + d2;
        out[2 * step] = d2 - d1;
        out[3 * step] = d1 - d3;
        return;
    }
    shorts d4 = in[4 * step], d5 = in[5 * step];
    shorts even_1 = d4 - (d2 << 2), odd_1 = d3 - (d1 << 2), even_2 = d4 - d2, odd_2 = (d3 - d1) << 1;
    out[0] = ((d0 - d2) << 2) + even_2;
    out[step] = even_1 + odd_1;
    out[2 * step] = even_1 - odd_1;
    out[3 * step] = even_2 + odd_2;
    out[4 * step] = even_2 - odd_2;
    out[5 * step] = ((d1 - d3) << 2) + d5 - d3;
}

/// Aᵀ: the pixels of a tile from the values of a patch. Both lie `step` apart. Those of tiles of 4×4 are 24 times as
/// large.
INLINED void int_tile_pixels(long tile_size, wrapping *out, const wrapping *in, long step) {
    wrapping sum_1 = in[step] + in[2 * step], difference_1 = in[step] - in[2 * step];
    if (tile_size == 2) {
        out[0] = in[0] + sum_1;
        out[step] = difference_1 - in[3 * step];
        return;
    }
    wrapping sum_2 = in[3 * step] + in[4 * step], difference_2 = in[3 * step] - in[4 * step];
    wrapping first = in[0] + (in[0] << 1), last = in[5 * step] + (in[5 * step] << 1);
    sum_1 <<= 2;
    difference_1 <<= 2;
    out[0] = (first << 1) - sum_1 + sum_2;
    out[step] = (difference_2 << 1) - difference_1;
    out[2 * step] = (sum_2 << 2) - sum_1;
    out[3 * step] = (difference_2 << 3) - difference_1 + (last << 3);
}

/// The sums of the convolution: the scaled sums divided by 4, or by 64 · 9. The division by 9 is the product with its
/// inverse modulo 2³².
INLINED integers unscaled(long tile_size, wrapping scaled) {
    return tile_size == 2 ? (integers)scaled >> 2 : (integers)(scaled * 954437177u) >> 6;
}

/// A square of pixels of sixteen channels, with zeros beyond the edges.
INLINED void read_patch(shorts *pixels, long size, const uint8_t *corner, crnn_planes planes, long y, long x) {
    bool inside = y >= 0 && x >= 0 && y + size <= planes.height && x + size <= planes.width;
    for (long i = 0; i < size; i++) {
        for (long j = 0; j < size; j++) {
            bool exists = inside || (y + i >= 0 && y + i < planes.height && x + j >= 0 && x + j < planes.width);
            const uint8_t *pixel = corner + i * planes.row_stride + j * planes.pixel_stride;
            pixels[i * size + j] = exists ? __builtin_convertvector(*(const byte16 *)pixel, shorts) : (shorts){0};
        }
    }
}

INLINED void fill_patches(long tile_size, crnn_int16_patches patches, const uint8_t *image, crnn_planes planes,
                          crnn_tiling tiling, crnn_range tiles) {
    const long size = tile_size + 2;
    for (long index = 0; index < tiles.count; index++) {
        place place = place_of(tiles.first + index, tiling, tile_size);
        long y = place.row - tiling.top, x = place.column - tiling.left;
        const uint8_t *corner
            = image + place.image * planes.image_stride + y * planes.row_stride + x * planes.pixel_stride;
        for (long channel = 0; channel < planes.channels; channel += patch_channels) {
            shorts pixels[most_points], columns[most_points];
            read_patch(pixels, size, corner + channel, planes, y, x);
            for (long j = 0; j < size; j++) int_patch_points(tile_size, columns + j, pixels + j, size);
            int16_t *target = patches.values + index * patches.tile_stride + channel;
            for (long i = 0; i < size; i++) {
                shorts values[most_patch_size];
                int_patch_points(tile_size, values, columns + i * size, 1);
                for (long j = 0; j < size; j++)
                    *(shorts *)(target + (i * size + j) * patches.point_stride) = values[j];
            }
        }
    }
}

static void int8_winograd_patches(crnn_int16_patches patches, const uint8_t *image, crnn_planes planes,
                                  crnn_tiling tiling, crnn_range tiles) {
    if (tiling.tile_size == 2) return fill_patches(2, patches, image, planes, tiling, tiles);
    fill_patches(4, patches, image, planes, tiling, tiles);
}

/// The nearest integer from 0 to 255. Ties round to even, NaN becomes 0.
INLINED byte8 rounded(vector values) {
    vector limit = (vector){0} + 255;
    values = chosen(values > limit, limit, where(values > 0, values));
    // The addition of 2²³ leaves the integer in the lower bits.
    return __builtin_convertvector((integers)(values + 8388608.0f) & 255, byte8);
}

/// Writes eight channels of a tile, of which `rows` and `columns` lie inside the image, from `corner` on.
INLINED void write_int_tile(long tile_size, crnn_dequantized_pixels pixels, const wrapping *sums, crnn_planes planes,
                            long corner, long channel, long rows, long columns) {
    vector offset = load(pixels.offsets + channel), multiplier = load(pixels.multipliers + channel);
    for (long i = 0; i < rows; i++) {
        for (long j = 0; j < columns; j++) {
            integers sum = unscaled(tile_size, sums[i * (tile_size + 2) + j]);
            vector value = (__builtin_convertvector(sum, vector) + offset) * multiplier;
            if (pixels.relu) value = rectified(value);
            long target = corner + i * planes.row_stride + j * planes.pixel_stride + channel;
            if (pixels.bytes)
                *(byte8 *)(pixels.bytes + target) = rounded(value);
            else
                store(pixels.floats + target, value);
        }
    }
}

INLINED void fill_pixels(long tile_size, crnn_dequantized_pixels pixels, crnn_int32_tiles tiles, crnn_planes planes,
                         crnn_tiling tiling, crnn_range range) {
    const long size = tile_size + 2;
    for (long index = 0; index < range.count; index++) {
        place place = place_of(range.first + index, tiling, tile_size);
        long corner = place.image * planes.image_stride + place.row * planes.row_stride
                      + place.column * planes.pixel_stride;
        const int32_t *source = tiles.values + index * tiles.tile_stride;
        for (long channel = 0; channel < planes.channels; channel += lanes) {
            // Rows have the length of a patch. Of each column, and then of each row, the first places are filled.
            wrapping values[most_points], half[most_points], sums[most_points];
            for (long p = 0; p < size * size; p++)
                values[p] = *(const wrapping *)(source + p * tiles.point_stride + channel);
            for (long x = 0; x < size; x++) int_tile_pixels(tile_size, half + x, values + x, size);
            for (long y = 0; y < tile_size; y++) int_tile_pixels(tile_size, sums + y * size, half + y * size, 1);
            write_int_tile(tile_size, pixels, sums, planes, corner, channel,
                           smaller(tile_size, planes.height - place.row),
                           smaller(tile_size, planes.width - place.column));
        }
    }
}

static void int8_winograd_pixels(crnn_dequantized_pixels pixels, crnn_int32_tiles tiles, crnn_planes planes,
                                 crnn_tiling tiling, crnn_range range) {
    if (tiling.tile_size == 2) return fill_pixels(2, pixels, tiles, planes, tiling, range);
    fill_pixels(4, pixels, tiles, planes, tiling, range);
}

#endif
