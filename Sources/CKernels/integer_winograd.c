#include "integers.h"
#include "tiles.h"
#include "vectors.h"

enum {
    /// The channels that one step reads.
    channels_at_once = 16,
    /// Of tiles of 4×4 outputs.
    most_patch_size = 6,
    most_points = most_patch_size * most_patch_size
};

long crnn_integer_winograd_points(long tile_size) { return (tile_size + 2) * (tile_size + 2); }

/// G: the value at a point of three weights, scaled: for tiles of 2×2 by 2, for others by 4, −6, −6, 24, 24, 1.
INLINED int kernel_point(long tile_size, long point, int first, int second, int third) {
    bool small = tile_size == 2;
    if (point == 0) return small ? 2 * first : first;
    if (point == tile_size + 1) return small ? 2 * third : third;
    int even = point <= 2 ? first + third : first + 4 * third, odd = point <= 2 ? second : 2 * second;
    return point % 2 == 1 ? even + odd : even - odd;
}

void crnn_integer_winograd_kernel(crnn_integer_matrix matrix, const int8_t *kernel, long inputs, long tile_size,
                                  long point) {
    const long panel = crnn_panel, outputs = matrix.columns, stride = inputs * outputs, size = tile_size + 2;
    int16_t *target = matrix.panels;
    for (long start = 0; start < outputs; start += panel) {
        for (long pair = 0; pair < matrix.pairs; pair++) {
            for (long output = start; output < start + panel; output++) {
                for (long input = 2 * pair; input < 2 * pair + 2; input++) {
                    const int8_t *weights = kernel + input * outputs + output;
                    int rows[3];
                    for (int y = 0; y < 3; y++) {
                        const int8_t *row = weights + 3 * y * stride;
                        rows[y] = kernel_point(tile_size, point % size, row[0], row[stride], row[2 * stride]);
                    }
                    *target++ = (int16_t)kernel_point(tile_size, point / size, rows[0], rows[1], rows[2]);
                }
            }
        }
    }
}

VECTORS_BEGIN

typedef uint8_t bytes __attribute__((vector_size(16), aligned(1)));
typedef uint8_t few_bytes __attribute__((vector_size(8), aligned(1)));
typedef int16_t shorts __attribute__((vector_size(32), aligned(2)));

/// Bᵀ: the values of a patch from as many pixels, `step` apart.
INLINED void patch_points(long tile_size, shorts *out, const shorts *in, long step) {
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

/// Aᵀ: a tile's pixels from the values of a patch, both `step` apart; for tiles of 4×4 times 24.
INLINED void tile_pixels(long tile_size, wrapping *out, const wrapping *in, long step) {
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

/// What the convolution's sums are, of scaled ones: they are divided by 4, or by 64 · 9, of which 9 has an inverse
/// among the numbers of 32 bits.
INLINED integers unscaled(long tile_size, wrapping scaled) {
    return tile_size == 2 ? (integers)scaled >> 2 : (integers)(scaled * 954437177u) >> 6;
}

/// A square of pixels, sixteen channels each, with zeros beyond the edges.
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

INLINED void fill_patches(long tile_size, crnn_integer_patches patches, const uint8_t *image, crnn_planes planes,
                          crnn_tiling tiling, crnn_range tiles) {
    const long size = tile_size + 2;
    for (long index = 0; index < tiles.count; index++) {
        place place = place_of(tiles.first + index, tiling, tile_size);
        long y = place.row - tiling.top, x = place.column - tiling.left;
        const uint8_t *corner
            = image + place.image * planes.image_stride + y * planes.row_stride + x * planes.pixel_stride;
        for (long channel = 0; channel < planes.channels; channel += channels_at_once) {
            shorts pixels[most_points], columns[most_points];
            read_patch(pixels, size, corner + channel, planes, y, x);
            for (long j = 0; j < size; j++) patch_points(tile_size, columns + j, pixels + j, size);
            int16_t *target = patches.values + index * patches.tile_stride + channel;
            for (long i = 0; i < size; i++) {
                shorts values[most_patch_size];
                patch_points(tile_size, values, columns + i * size, 1);
                for (long j = 0; j < size; j++)
                    *(shorts *)(target + (i * size + j) * patches.point_stride) = values[j];
            }
        }
    }
}

void crnn_integer_winograd_patches(crnn_integer_patches patches, const uint8_t *image, crnn_planes planes,
                                   crnn_tiling tiling, long tile_size, crnn_range tiles) {
    if (tile_size == 2) return fill_patches(2, patches, image, planes, tiling, tiles);
    fill_patches(4, patches, image, planes, tiling, tiles);
}

/// The nearest of 0…255; ties round to even, and what is not a number counts as 0.
INLINED few_bytes rounded(vector values) {
    vector limit = (vector){0} + 255;
    values = chosen(values > limit, limit, where(values > 0, values));
    // The sum's lower bits are the whole number.
    return __builtin_convertvector((integers)(values + 8388608.0f) & 255, few_bytes);
}

/// Eight channels of a tile, of which `rows` and `columns` lie within the image, from `corner` on.
INLINED void write_tile(long tile_size, crnn_integer_pixels pixels, const wrapping *found, crnn_planes planes,
                        long corner, long channel, long rows, long columns) {
    vector offset = load(pixels.offsets + channel), multiplier = load(pixels.multipliers + channel);
    for (long i = 0; i < rows; i++) {
        for (long j = 0; j < columns; j++) {
            integers sum = unscaled(tile_size, found[i * (tile_size + 2) + j]);
            vector value = (__builtin_convertvector(sum, vector) + offset) * multiplier;
            if (pixels.relu) value = where(~(value < 0), value);
            long target = corner + i * planes.row_stride + j * planes.pixel_stride + channel;
            if (pixels.bytes)
                *(few_bytes *)(pixels.bytes + target) = rounded(value);
            else
                store(pixels.floats + target, value);
        }
    }
}

INLINED void fill_pixels(long tile_size, crnn_integer_pixels pixels, crnn_integer_tiles tiles, crnn_planes planes,
                         crnn_tiling tiling, crnn_range range) {
    const long size = tile_size + 2;
    for (long index = 0; index < range.count; index++) {
        place place = place_of(range.first + index, tiling, tile_size);
        long corner = place.image * planes.image_stride + place.row * planes.row_stride
                      + place.column * planes.pixel_stride;
        const int32_t *source = tiles.values + index * tiles.tile_stride;
        for (long channel = 0; channel < planes.channels; channel += lanes) {
            // Rows of a patch's length; of each column, and then of each row, the first places are filled.
            wrapping values[most_points], half[most_points], found[most_points];
            for (long p = 0; p < size * size; p++)
                values[p] = *(const wrapping *)(source + p * tiles.point_stride + channel);
            for (long x = 0; x < size; x++) tile_pixels(tile_size, half + x, values + x, size);
            for (long y = 0; y < tile_size; y++) tile_pixels(tile_size, found + y * size, half + y * size, 1);
            write_tile(tile_size, pixels, found, planes, corner, channel,
                       smaller(tile_size, planes.height - place.row),
                       smaller(tile_size, planes.width - place.column));
        }
    }
}

void crnn_integer_winograd_pixels(crnn_integer_pixels pixels, crnn_integer_tiles tiles, crnn_planes planes,
                                  crnn_tiling tiling, long tile_size, crnn_range range) {
    if (tile_size == 2) return fill_pixels(2, pixels, tiles, planes, tiling, range);
    fill_pixels(4, pixels, tiles, planes, tiling, range);
}

VECTORS_END
