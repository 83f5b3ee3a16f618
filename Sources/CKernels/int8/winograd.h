#ifndef CRNN_INT8_WINOGRAD_H
#define CRNN_INT8_WINOGRAD_H

#include "CKernels.h"
#include "simd/vectors.h"
#include "winograd/tiles.h"

/// The patch of a tile of 4×4 outputs.
enum { most_patch_size = 6, most_points = most_patch_size * most_patch_size };

typedef uint8_t bytes __attribute__((vector_size(crnn_panel), aligned(1)));
typedef int16_t shorts __attribute__((vector_size(crnn_panel * sizeof(int16_t)), aligned(2)));
/// Integers with defined overflow: sums modulo 2³².
typedef uint32_t sums __attribute__((vector_size(crnn_panel * sizeof(int32_t)), aligned(4)));
typedef int32_t panel_integers __attribute__((vector_size(crnn_panel * sizeof(int32_t)), aligned(4)));
typedef float panel_floats __attribute__((vector_size(crnn_panel * sizeof(float)), aligned(4)));

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
INLINED void int_tile_pixels(long tile_size, sums *out, const sums *in, long step) {
    sums sum_1 = in[step] + in[2 * step], difference_1 = in[step] - in[2 * step];
    if (tile_size == 2) {
        out[0] = in[0] + sum_1;
        out[step] = difference_1 - in[3 * step];
        return;
    }
    sums sum_2 = in[3 * step] + in[4 * step], difference_2 = in[3 * step] - in[4 * step];
    sums first = in[0] + (in[0] << 1), last = in[5 * step] + (in[5 * step] << 1);
    sum_1 <<= 2;
    difference_1 <<= 2;
    out[0] = (first << 1) - sum_1 + sum_2;
    out[step] = (difference_2 << 1) - difference_1;
    out[2 * step] = (sum_2 << 2) - sum_1;
    out[3 * step] = (difference_2 << 3) - difference_1 + (last << 3);
}

/// The sums of the convolution: the scaled sums divided by 4, or by 64 · 9. The division by 9 is the product with its
/// inverse modulo 2³².
INLINED panel_integers unscaled(long tile_size, sums scaled) {
    return tile_size == 2 ? (panel_integers)scaled >> 2 : (panel_integers)(scaled * 954437177u) >> 6;
}

/// A square of pixels of sixteen channels, with zeros beyond the edges.
INLINED void read_patch(shorts *pixels, long size, const uint8_t *corner, crnn_planes planes, long y, long x) {
    bool inside = y >= 0 && x >= 0 && y + size <= planes.height && x + size <= planes.width;
    for (long i = 0; i < size; i++) {
        for (long j = 0; j < size; j++) {
            bool exists = inside || (y + i >= 0 && y + i < planes.height && x + j >= 0 && x + j < planes.width);
            const uint8_t *pixel = corner + i * planes.row_stride + j * planes.pixel_stride;
            pixels[i * size + j] = exists ? __builtin_convertvector(*(const bytes *)pixel, shorts) : (shorts){0};
        }
    }
}

INLINED void fill_patches(long tile_size, crnn_int16_patches patches, const uint8_t *image, crnn_planes planes,
                          crnn_tiling tiling, crnn_range tiles) {
    const long size = tile_size + 2;
    for (long channel = 0; channel < planes.channels; channel += crnn_panel) {
        int16_t *target = patches.values + channel / crnn_panel * patches.panel_stride;
        for (long index = 0; index < tiles.count; index++, target += crnn_panel) {
            const place place = place_of(tiles.first + index, tiling, tile_size);
            const long y = place.row - tiling.top, x = place.column - tiling.left;
            const uint8_t *corner = image + place.image * planes.image_stride + y * planes.row_stride
                                    + x * planes.pixel_stride + channel;
            shorts pixels[most_points], columns[most_points];
            read_patch(pixels, size, corner, planes, y, x);
            for (long j = 0; j < size; j++) int_patch_points(tile_size, columns + j, pixels + j, size);
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

/// The values if the mask is set, otherwise zero.
INLINED panel_floats floats_where(panel_integers mask, panel_floats values) {
    return (panel_floats)(mask & (panel_integers)values);
}

/// The nearest integer from 0 to 255. Ties round to even, NaN becomes 0.
INLINED bytes rounded(panel_floats values) {
    const panel_floats limit = (panel_floats){0} + 255;
    const panel_integers above = values > limit;
    values = floats_where(~above & (values > 0), values) + floats_where(above, limit);
    // The addition of 2²³ leaves the integer in the lower bits.
    return __builtin_convertvector((panel_integers)(values + 8388608.0f) & 255, bytes);
}

/// Sixteen channels of a tile, of which `rows` and `columns` lie inside the image.
typedef struct {
    place place;
    long channel, rows, columns;
} tile_part;

/// Writes a part of a tile from the scaled sums of its pixels.
INLINED void write_int_tile(long tile_size, crnn_dequantized_pixels pixels, const sums *scaled, crnn_planes planes,
                            tile_part part) {
    const panel_floats offset = *(const panel_floats *)(pixels.offsets + part.channel);
    const panel_floats multiplier = *(const panel_floats *)(pixels.multipliers + part.channel);
    const long corner = part.place.image * planes.image_stride + part.place.row * planes.row_stride
                        + part.place.column * planes.pixel_stride + part.channel;
    for (long i = 0; i < part.rows; i++) {
        for (long j = 0; j < part.columns; j++) {
            panel_integers sum = unscaled(tile_size, scaled[i * (tile_size + 2) + j]);
            panel_floats value = (__builtin_convertvector(sum, panel_floats) + offset) * multiplier;
            if (pixels.relu) value = floats_where(~(value < 0), value);
            const long target = corner + i * planes.row_stride + j * planes.pixel_stride;
            if (pixels.bytes)
                *(bytes *)(pixels.bytes + target) = rounded(value);
            else
                *(panel_floats *)(pixels.floats + target) = value;
        }
    }
}

INLINED void fill_pixels(long tile_size, crnn_dequantized_pixels pixels, crnn_int32_tiles tiles, crnn_planes planes,
                         crnn_tiling tiling, crnn_range range) {
    const long size = tile_size + 2;
    for (long channel = 0; channel < planes.channels; channel += crnn_panel) {
        const int32_t *source = tiles.values + channel / crnn_panel * tiles.panel_stride;
        for (long index = 0; index < range.count; index++, source += crnn_panel) {
            // Rows have the length of a patch. Of each column, and then of each row, the first places are filled.
            sums values[most_points], half[most_points], scaled[most_points];
            for (long p = 0; p < size * size; p++) values[p] = *(const sums *)(source + p * tiles.point_stride);
            for (long x = 0; x < size; x++) int_tile_pixels(tile_size, half + x, values + x, size);
            for (long y = 0; y < tile_size; y++) int_tile_pixels(tile_size, scaled + y * size, half + y * size, 1);
            const place place = place_of(range.first + index, tiling, tile_size);
            write_int_tile(tile_size, pixels, scaled, planes,
                           (tile_part){
                               .place = place,
                               .channel = channel,
                               .rows = smaller(tile_size, planes.height - place.row),
                               .columns = smaller(tile_size, planes.width - place.column),
                           });
        }
    }
}

static void int8_winograd_pixels(crnn_dequantized_pixels pixels, crnn_int32_tiles tiles, crnn_planes planes,
                                 crnn_tiling tiling, crnn_range range) {
    if (tiling.tile_size == 2) return fill_pixels(2, pixels, tiles, planes, tiling, range);
    fill_pixels(4, pixels, tiles, planes, tiling, range);
}

#endif
